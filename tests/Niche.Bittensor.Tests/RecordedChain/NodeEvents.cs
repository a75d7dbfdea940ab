using Niche.Bittensor.Chain.Metadata;
using Niche.Bittensor.Chain.Values;
using Niche.Bittensor.Scale;

namespace Niche.Bittensor.Tests.RecordedChain;

/// <summary>Collects the events of a block and encodes them as <c>System.Events</c> of the real runtime.</summary>
public sealed class NodeEvents(RuntimeMetadata metadata)
{
    private readonly List<byte[]> _records = [];
    private object _phase = "Initialization";

    public int Count => _records.Count;

    public void StartExtrinsic(int index) => _phase = Pair("ApplyExtrinsic", index);

    public void Finish() => _phase = "Finalization";

    public void Add(string pallet, string name, object? fields)
    {
        var list = (TypeDefinition.Sequence)metadata.Types[metadata.GetStorage("System", "Events").Value].Definition;
        _records.Add(ScaleValueEncoder.Encode(metadata.Types, list.Item, new Dictionary<string, object?>
        {
            ["phase"] = _phase,
            ["event"] = Pair(pallet, Pair(name, fields)),
            ["topics"] = Array.Empty<object?>(),
        }, $"{pallet}.{name}"));
    }

    public void Succeeded(bool paysFee) => Add("System", "ExtrinsicSuccess", new Dictionary<string, object?> { ["dispatch_info"] = Info(paysFee) });

    /// <param name="error">A module error as <c>Pallet.Name</c>, or another kind such as <c>BadOrigin</c>.</param>
    /// <param name="paysFee">Whether the call costs a fee.</param>
    public void Failed(string error, bool paysFee)
    {
        object? told = error;
        if (error.Split('.') is [var pallet, var name])
        {
            var index = metadata.GetPallet(pallet).Errors.Single(one => one.Name == name).Index;
            told = Pair("Module", new Dictionary<string, object?> { ["index"] = metadata.GetPallet(pallet).Index, ["error"] = new byte[] { index, 0, 0, 0 } });
        }

        Add("System", "ExtrinsicFailed", new Dictionary<string, object?> { ["dispatch_error"] = told, ["dispatch_info"] = Info(paysFee) });
    }

    /// <summary>Forgets what a failed call had done.</summary>
    public void Rewind(int count) => _records.RemoveRange(count, _records.Count - count);

    public byte[] Encode()
    {
        var writer = new ScaleWriter().WriteCompact((ulong)_records.Count);
        foreach (var record in _records) writer.WriteFixed(record);
        return writer.ToArray();
    }

    private static KeyValuePair<string, object?> Pair(string name, object? fields) => new(name, fields);

    private static Dictionary<string, object?> Info(bool paysFee) => new()
    {
        ["weight"] = new Dictionary<string, object?> { ["ref_time"] = 1_000_000, ["proof_size"] = 0 },
        ["class"] = "Normal",
        ["pays_fee"] = paysFee ? "Yes" : "No",
    };
}
