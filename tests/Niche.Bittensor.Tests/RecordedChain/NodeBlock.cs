using System.Globalization;
using System.Text.Json.Nodes;
using Niche.Bittensor.Chain.Storage;
using Niche.Bittensor.Scale;

namespace Niche.Bittensor.Tests.RecordedChain;

/// <summary>A sealed block, the state after it, and the version of the runtime in that state.</summary>
public sealed record NodeBlock(ulong Number, byte[] Hash, byte[] ParentHash, IReadOnlyList<byte[]> Extrinsics, NodeState State, uint SpecVersion)
{
    public static NodeBlock After(NodeBlock parent, IReadOnlyList<byte[]> extrinsics, NodeState state)
    {
        var head = new ScaleWriter().WriteFixed(parent.Hash).WriteU64(parent.Number + 1);
        foreach (var extrinsic in extrinsics) head.WriteFixed(Blake2b.Hash256(extrinsic));
        return new NodeBlock(parent.Number + 1, Blake2b.Hash256(head.Written), parent.Hash, extrinsics, state, parent.SpecVersion);
    }

    public string HashText => Hex(Hash);

    public JsonObject Header() => new()
    {
        ["parentHash"] = Hex(ParentHash),
        ["number"] = "0x" + Number.ToString("x", CultureInfo.InvariantCulture),
        ["stateRoot"] = Hex(new byte[32]),
        ["extrinsicsRoot"] = Hex(new byte[32]),
        ["digest"] = new JsonObject { ["logs"] = new JsonArray() },
    };

    public static string Hex(ReadOnlySpan<byte> bytes) => "0x" + Convert.ToHexStringLower(bytes);
}
