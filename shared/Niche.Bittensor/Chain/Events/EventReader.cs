using Niche.Bittensor.Chain.Metadata;
using Niche.Bittensor.Chain.Values;
using Niche.Bittensor.Scale;

namespace Niche.Bittensor.Chain.Events;

/// <summary>Reads the value of <c>System.Events</c>.</summary>
public static class EventReader
{
    /// <summary>All events of a block, in order.</summary>
    /// <exception cref="ScaleFormatException">The bytes are not events of this runtime.</exception>
    /// <exception cref="MetadataNameException">The runtime has no <c>System.Events</c>.</exception>
    public static IReadOnlyList<ChainEvent> Read(RuntimeMetadata metadata, ReadOnlyMemory<byte> bytes)
    {
        var records = ScaleValueDecoder.Decode(metadata.Types, metadata.GetStorage("System", "Events").Value, bytes.Span);
        return records is ScaleValue.Sequence sequence ? [.. sequence.Items.Select(One)] : throw Unlike("a list");
    }

    private static ChainEvent One(ScaleValue record)
    {
        if (record.Find("phase") is not ScaleValue.Variant phase || record.Find("event") is not ScaleValue.Variant { Fields: ScaleValue.Sequence { Items: [ScaleValue.Variant inner] } } outer)
            throw Unlike("records of phase and event");
        return phase switch
        {
            { Name: "ApplyExtrinsic", Fields: ScaleValue.Sequence { Items: [ScaleValue.Number index] } } =>
                new ChainEvent(EventPhase.ApplyExtrinsic, (uint)index.Value, outer.Name, inner.Name, inner.Fields),
            { Name: "Finalization" } => new ChainEvent(EventPhase.Finalization, null, outer.Name, inner.Name, inner.Fields),
            { Name: "Initialization" } => new ChainEvent(EventPhase.Initialization, null, outer.Name, inner.Name, inner.Fields),
            _ => throw Unlike("a known phase"),
        };
    }

    private static ScaleFormatException Unlike(string expected) => new("System.Events", "another form", expected);
}
