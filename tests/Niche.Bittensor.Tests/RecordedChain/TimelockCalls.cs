using Niche.Bittensor.Chain.Storage;
using Niche.Bittensor.Chain.Values;
using Niche.Bittensor.Scale;
using Niche.Bittensor.Timelock;

namespace Niche.Bittensor.Tests.RecordedChain;

/// <summary>Timelocked commits: stored by epoch, opened by the chain itself with drand's signature of the round.</summary>
public static class TimelockCalls
{
    private const int MaxPending = 10, MaxBytes = 5000;

    public static string? Commit(NodeCall call)
    {
        var state = call.State;
        if (!state.Flag("CommitRevealWeightsEnabled", call.Netuid)) return "CommitRevealDisabled";
        if (IsVersioned(call) && call.Number("commit_reveal_version") != state.Number("CommitRevealWeightsVersion")) return "IncorrectCommitRevealVersion";
        if (call.SignerUid is not { } uid) return "HotKeyNotRegisteredInSubNet";
        if (!call.HasStakeForWeights) return "NotEnoughStakeToSetWeights";
        if (WeightRules.TooFast(call)) return "CommittingWeightsTooFast";

        var (item, epoch) = (Item(state), NodeEpochs.IndexOf(state, call.Netuid, call.Block));
        var queue = state.Get(NodeState.Subtensor, item, call.StorageIndex, epoch)!.Children();
        if (queue.Count(one => one[0].AsBytes().Span.SequenceEqual(call.Signer)) >= MaxPending) return "TooManyUnrevealedCommits";
        var (commit, round) = (call.Bytes("commit"), call.Number("reveal_round"));
        object[] entry = item == "CRV3WeightCommits" ? [call.Signer, commit, round] : [call.Signer, call.Block, commit, round];
        state.Set(item, queue.Append((object)entry).ToArray(), call.StorageIndex, epoch);
        WeightRules.MarkUpdate(call, uid);
        var hash = Blake2b.Hash256(commit);
        if (item == "CRV3WeightCommits") call.Events.Add(NodeState.Subtensor, "CRV3WeightsCommitted", new object[] { call.Signer, call.StorageIndex, hash });
        else call.Events.Add(NodeState.Subtensor, "TimelockedWeightsCommitted", new object[] { call.Signer, call.StorageIndex, hash, round });
        return null;
    }

    public static bool IsTooLong(NodeCall call) => call.Call.Arguments.Any(argument => argument.Key == "commit") && call.Bytes("commit").Length > MaxBytes;

    /// <summary>
    /// Opens what is due. Spec 293 tries once, where epoch (commit + period - 1) runs; later runtimes try in every block of epoch (commit + period).
    /// </summary>
    public static void RevealDue(NodeState state, NodeEvents events, ushort netuid, ulong block)
    {
        var once = Item(state) == "CRV3WeightCommits";
        if (once && !NodeEpochs.RunsAt(state, netuid, block)) return;
        var epoch = NodeEpochs.IndexOf(state, netuid, block);
        var due = (long)epoch - (long)state.Number("RevealPeriodEpochs", netuid) + (once ? 1 : 0);
        if (due < 0) return;
        var mechanisms = state.Has("MechanismCountCurrent") ? (int)state.Number("MechanismCountCurrent", netuid) : 1;
        for (var mechanism = 0; mechanism < mechanisms; mechanism++) RevealOne(state, events, netuid, (byte)mechanism, (ulong)due, block, once);
    }

    private static void RevealOne(NodeState state, NodeEvents events, ushort netuid, byte mechanism, ulong epoch, ulong block, bool once)
    {
        var (item, index) = (Item(state), (ushort)((mechanism * 4096) + netuid));
        var waiting = new List<object>();
        foreach (var entry in state.Get(NodeState.Subtensor, item, index, epoch)!.Children())
        {
            var fields = entry.Children();
            var (who, sealed_, round) = (fields[0].AsBytes().ToArray(), fields[^2].AsBytes(), (ulong)fields[^1].AsInteger());
            if (state.Get("Drand", "Pulses", round) is not { } pulse)
            {
                if (!once) waiting.Add(entry);
                continue;
            }

            if (Open(sealed_, pulse["signature"].AsBytes(), withHotkey: !once) is not { } payload || (!once && !payload.Hotkey.Span.SequenceEqual(who))) continue;
            var call = new NodeCall(RevealOf(netuid, mechanism), who, block, state, events);
            if (WeightRules.Store(call, [.. payload.Uids], [.. payload.Values], payload.VersionKey, revealed: true) is null)
                events.Add(NodeState.Subtensor, once ? "CRV3WeightsRevealed" : "TimelockedWeightsRevealed", once ? new object[] { netuid, who } : [index, who]);
        }

        if (waiting.Count > 0) state.Set(item, waiting, index, epoch);
        else state.Remove(NodeState.Subtensor, item, index, epoch);
    }

    private static WeightsPayload? Open(ReadOnlyMemory<byte> bytes, ReadOnlyMemory<byte> signature, bool withHotkey)
    {
        try
        {
            return WeightsPayload.Decode(TimelockCipher.Decrypt(TimelockCiphertext.Parse(bytes.Span), signature.Span), withHotkey);
        }
        catch (Exception unreadable) when (unreadable is TimelockException or ScaleFormatException)
        {
            return null; // The runtime drops what it can not open.
        }
    }

    private static Niche.Bittensor.Chain.Extrinsics.DecodedCall RevealOf(ushort netuid, byte mechanism) => new(
        NodeState.Subtensor, "revealed", [new("netuid", new ScaleValue.Number(netuid)), new("mecid", new ScaleValue.Number(mechanism))], default);

    private static bool IsVersioned(NodeCall call) => call.Call.Arguments.Any(argument => argument.Key == "commit_reveal_version");

    private static string Item(NodeState state) => state.Has("TimelockedWeightCommits") ? "TimelockedWeightCommits" : "CRV3WeightCommits";
}
