using Niche.Bittensor.Chain.Extrinsics;
using Niche.Bittensor.Chain.Metadata;
using Niche.Bittensor.Chain.Values;

namespace Niche.Bittensor.Tests.Chain.Subtensor;

/// <summary>The events of a block: the inherent succeeds, each extrinsic succeeds or fails as told.</summary>
internal static class StubEvents
{
    private static readonly Dictionary<string, object?> Info = new()
    {
        ["weight"] = new Dictionary<string, object?> { ["ref_time"] = 1000, ["proof_size"] = 0 },
        ["class"] = "Normal",
        ["pays_fee"] = "No",
    };

    public static byte[] Of(RuntimeMetadata metadata, IReadOnlyList<DecodedExtrinsic> extrinsics, Func<DecodedExtrinsic, (string Pallet, string Error)?> fail)
    {
        var records = extrinsics.Select((extrinsic, i) => fail(extrinsic) is { } failure ? Failed(metadata, i + 1, failure) : Succeeded(i + 1)).Prepend(Succeeded(0)).ToArray();
        return ScaleValueEncoder.Encode(metadata.Types, metadata.GetStorage("System", "Events").Value, records, "events");
    }

    private static Dictionary<string, object?> Succeeded(int index) =>
        Record(index, new("ExtrinsicSuccess", new Dictionary<string, object?> { ["dispatch_info"] = Info }));

    private static Dictionary<string, object?> Failed(RuntimeMetadata metadata, int index, (string Pallet, string Error) failure)
    {
        var pallet = metadata.GetPallet(failure.Pallet);
        var code = pallet.Errors.Single(error => error.Name == failure.Error).Index;
        var module = new KeyValuePair<string, object?>("Module", new Dictionary<string, object?> { ["index"] = pallet.Index, ["error"] = new byte[] { code, 0, 0, 0 } });
        return Record(index, new("ExtrinsicFailed", new Dictionary<string, object?> { ["dispatch_error"] = module, ["dispatch_info"] = Info }));
    }

    private static Dictionary<string, object?> Record(int index, KeyValuePair<string, object?> happened) => new()
    {
        ["phase"] = new KeyValuePair<string, object?>("ApplyExtrinsic", index),
        ["event"] = new KeyValuePair<string, object?>("System", happened),
        ["topics"] = Array.Empty<object>(),
    };
}
