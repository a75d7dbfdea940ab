using Niche.Bittensor.Chain.Storage;
using Niche.Bittensor.Chain.Values;
using Niche.Bittensor.Scale;

namespace Niche.Bittensor.Tests.RecordedChain;

/// <summary>Commit-reveal by hash (version 2): commit in one epoch, reveal exactly RevealPeriodEpochs later.</summary>
public static class CommitCalls
{
    private const int MaxPending = 10;

    /// <summary>A commit as it is stored.</summary>
    public sealed record Stored(byte[] Hash, ulong Block, ulong FirstReveal, ulong LastReveal);

    public static string? Commit(NodeCall call)
    {
        var state = call.State;
        if (!state.Flag("CommitRevealWeightsEnabled", call.Netuid)) return "CommitRevealDisabled";
        if (call.SignerUid is not { } uid) return "HotKeyNotRegisteredInSubNet";
        if (!call.HasStakeForWeights) return "NotEnoughStakeToSetWeights";
        if (WeightRules.TooFast(call)) return "CommittingWeightsTooFast";
        var commits = Pending(call).Where(one => !IsExpired(call, one)).ToList();
        if (commits.Count >= MaxPending) return "TooManyUnrevealedCommits";

        var epoch = NodeEpochs.IndexOf(state, call.Netuid, call.Block) + state.Number("RevealPeriodEpochs", call.Netuid);
        var (first, last) = NodeEpochs.BlocksOf(state, call.Netuid, epoch);
        var hash = call.Bytes("commit_hash");
        Keep(call, [.. commits, new Stored(hash, call.Block, first, last)]);
        WeightRules.MarkUpdate(call, uid);
        call.Events.Add(NodeState.Subtensor, "WeightsCommitted", new object[] { call.Signer, call.StorageIndex, hash });
        return null;
    }

    public static string? Reveal(NodeCall call)
    {
        if (!call.State.Flag("CommitRevealWeightsEnabled", call.Netuid)) return "CommitRevealDisabled";
        var commits = Pending(call);
        if (commits.Count == 0) return "NoWeightsCommitFound";
        var hash = HashOf(call);
        if (commits.FirstOrDefault(one => one.Hash.SequenceEqual(hash)) is not { } commit) return "InvalidRevealCommitHashNotMatch";
        if (IsExpired(call, commit)) return "ExpiredWeightCommit";
        if (!IsInRange(call, commit)) return "RevealTooEarly";
        if (WeightRules.Store(call, call.Words("uids"), call.Words("values"), call.Number("version_key"), revealed: true) is { } error) return error;

        // Commits before the revealed one can no longer be revealed in order, and go with it.
        Keep(call, commits.Skip(commits.IndexOf(commit) + 1));
        call.Events.Add(NodeState.Subtensor, "WeightsRevealed", new object[] { call.Signer, call.StorageIndex, hash });
        return null;
    }

    public static List<Stored> Pending(NodeCall call) => call.State.Get(NodeState.Subtensor, "WeightCommits", call.StorageIndex, call.Signer) is { } list
        ? [.. list.Children().Select(one => new Stored(one[0].AsBytes().ToArray(), (ulong)one[1].AsInteger(), (ulong)one[2].AsInteger(), (ulong)one[3].AsInteger()))]
        : [];

    public static bool IsInRange(NodeCall call, Stored commit) => Epoch(call, call.Block) == Due(call, commit);

    public static byte[] HashOf(NodeCall call)
    {
        var writer = new ScaleWriter().WriteFixed(call.Signer).WriteU16(call.StorageIndex);
        foreach (var name in new[] { "uids", "values", "salt" })
        {
            var words = call.Words(name);
            writer.WriteCompact((ulong)words.Length);
            foreach (var word in words) writer.WriteU16(word);
        }

        return Blake2b.Hash256(writer.WriteU64(call.Number("version_key")).Written);
    }

    private static bool IsExpired(NodeCall call, Stored commit) => Epoch(call, call.Block) > Due(call, commit);

    private static ulong Due(NodeCall call, Stored commit) => Epoch(call, commit.Block) + call.State.Number("RevealPeriodEpochs", call.Netuid);

    private static ulong Epoch(NodeCall call, ulong block) => NodeEpochs.IndexOf(call.State, call.Netuid, block);

    private static void Keep(NodeCall call, IEnumerable<Stored> commits)
    {
        var all = commits.Select(one => (object)new object[] { one.Hash, one.Block, one.FirstReveal, one.LastReveal }).ToArray();
        if (all.Length == 0) call.State.Remove(NodeState.Subtensor, "WeightCommits", call.StorageIndex, call.Signer);
        else call.State.Set("WeightCommits", all, call.StorageIndex, call.Signer);
    }
}
