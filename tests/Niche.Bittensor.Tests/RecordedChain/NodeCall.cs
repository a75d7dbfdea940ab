using Niche.Bittensor.Chain.Extrinsics;
using Niche.Bittensor.Chain.Values;

namespace Niche.Bittensor.Tests.RecordedChain;

/// <summary>A call about to be judged or carried out at a block.</summary>
public sealed record NodeCall(DecodedCall Call, byte[] Signer, ulong Block, NodeState State, NodeEvents Events)
{
    public ushort Netuid => (ushort)Number("netuid");

    /// <summary>Mechanism, 0 for the calls from before there were any.</summary>
    public byte Mechanism => Call.Arguments.Any(argument => argument.Key == "mecid") ? (byte)Number("mecid") : (byte)0;

    public ushort StorageIndex => (ushort)((Mechanism * 4096) + Netuid);

    public ulong Number(string name) => (ulong)Call[name].AsInteger();

    public byte[] Bytes(string name) => Call[name].AsBytes().ToArray();

    public ushort[] Words(string name) => [.. Call[name].Children().Select(one => (ushort)one.AsInteger())];

    public bool HasSubnet => State.Flag("NetworksAdded", Netuid);

    public ushort? SignerUid => State.Uid(Netuid, Signer);

    /// <summary>Stake that counts for weights: alpha of the hotkey in the subnet, and TAO on the root at the weight that the chain gives it.</summary>
    public bool HasStakeForWeights =>
        State.Number("TotalHotkeyAlpha", Signer, Netuid) + (ulong)((UInt128)State.Number("TotalHotkeyAlpha", Signer, 0) * State.Number("TaoWeight") / ulong.MaxValue) >= State.Number("StakeThreshold")
        || State.Get(NodeState.Subtensor, "SubnetOwnerHotkey", Netuid) is ScaleValue.Account owner && owner.PublicKey.Span.SequenceEqual(Signer);
}
