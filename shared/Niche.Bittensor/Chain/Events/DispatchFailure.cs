using Niche.Bittensor.Chain.Metadata;
using Niche.Bittensor.Chain.Values;

namespace Niche.Bittensor.Chain.Events;

/// <summary>Why a call in a block did nothing, in names.</summary>
/// <param name="Kind">The runtime's kind of error: <c>Module</c>, <c>Token</c>, <c>Arithmetic</c>, <c>BadOrigin</c>...</param>
/// <param name="Pallet">The pallet of a module error; null for other kinds.</param>
/// <param name="Name">The error's own name, such as <c>NeuronNoValidatorPermit</c>.</param>
/// <param name="Docs">What the runtime's source says about it; empty when nothing.</param>
public sealed record DispatchFailure(string Kind, string? Pallet, string Name, string Docs)
{
    /// <summary>The failure that an event tells of (<c>System.ExtrinsicFailed</c>); null for any other event.</summary>
    public static DispatchFailure? Of(RuntimeMetadata metadata, ChainEvent happened) =>
        happened is { Pallet: "System", Name: "ExtrinsicFailed" } && happened.Fields.Find("dispatch_error") is { } error ? Read(metadata, error) : null;

    /// <summary>Names a DispatchError. What the metadata does not know is given in numbers.</summary>
    public static DispatchFailure Read(RuntimeMetadata metadata, ScaleValue error)
    {
        if (error is not ScaleValue.Variant variant) return new("Unknown", null, "Unknown", "");
        var inner = variant.Fields.Children() is [var only] ? only : null;
        return inner switch
        {
            _ when variant.Name == "Module" && inner is not null => Module(metadata, inner),
            ScaleValue.Variant detail => new(variant.Name, null, detail.Name, ""),
            _ => new(variant.Name, null, variant.Name, ""),
        };
    }

    /// <summary>For people: <c>SubtensorModule.NeuronNoValidatorPermit: docs</c>.</summary>
    public override string ToString() =>
        $"{(Pallet is null ? Kind == Name ? "" : Kind + "." : Pallet + ".")}{Name}{(Docs.Length > 0 ? ": " + Docs : "")}";

    private static DispatchFailure Module(RuntimeMetadata metadata, ScaleValue module)
    {
        if (module.Find("index") is not ScaleValue.Number index || module.Find("error") is not ScaleValue.Bytes { Value.Length: > 0 } error)
            return new("Module", null, "Unknown", "");
        var code = error.Value.Span[0];
        var pallet = metadata.FindPallet((byte)index.Value);
        var known = pallet?.Errors.FirstOrDefault(one => one.Index == code);
        return new("Module", pallet?.Name ?? $"pallet {index.Value}", known?.Name ?? $"error {code}", known is null ? "" : string.Join(' ', known.Docs).Trim());
    }
}
