using Niche.Bittensor.Chain.Epochs;
using Niche.Bittensor.Chain.Weights;
using Niche.Bittensor.Keys;

namespace Niche.Bittensor.Chain.Ledger;

/// <summary>Hashed commits and their reveals, checked in the chain's order (subtensor <c>commit_weights</c>, <c>reveal_weights</c>).</summary>
internal static class LedgerCommitRules
{
    private const int MaxUnrevealed = 10;

    public static (LedgerSubnet?, string?) Commit(LedgerSubnet subnet, string hotkey, CommitWeightsArguments args, ulong block)
    {
        if (!subnet.Rules.CommitRevealEnabled) return (null, "CommitRevealDisabled");
        if (args.CommitHash is not { Length: 66 }) return (null, "InvalidArguments");
        if (subnet.Find(hotkey) is not { } neuron) return (null, "HotKeyNotRegisteredInSubNet");
        if (LedgerRules.IsTooSoon(subnet, neuron, block)) return (null, "CommittingWeightsTooFast");
        return neuron.Commits.Count < MaxUnrevealed
            ? (subnet.With(neuron with { LastUpdate = block, Commits = neuron.Commits.Add(new LedgerCommit(args.CommitHash, block)) }), null)
            : (null, "TooManyUnrevealedCommits");
    }

    public static (LedgerSubnet?, string?) Reveal(LedgerSubnet subnet, ushort netuid, string hotkey, RevealWeightsArguments args, ulong block)
    {
        if (!subnet.Rules.CommitRevealEnabled) return (null, "CommitRevealDisabled");
        if (subnet.Find(hotkey) is not { Commits.Count: > 0 } neuron) return (null, "NoWeightsCommitFound");
        Span<byte> key = stackalloc byte[32];
        if (!Ss58.TryDecode(hotkey, key, out _)) return (null, "InvalidArguments");
        WeightRequest request = new(netuid, args.Uids, args.Values, args.VersionKey);
        var hash = "0x" + Convert.ToHexStringLower(WeightCommitHash.Compute(key, request, args.Salt));
        var at = neuron.Commits.FindIndex(commit => commit.Hash == hash);
        if (at < 0) return (null, "InvalidRevealCommitHashNotMatch");
        if (Schedule(subnet, netuid, block) is not { } schedule) return (null, "RevealTooEarly");
        return schedule.StateOf(0, new ChainCommit(hash, neuron.Commits[at].Block)) switch
        {
            RevealState.Due => LedgerRules.Store(
                subnet, neuron with { Commits = neuron.Commits.RemoveRange(0, at + 1) }, args.Uids, args.Values, args.VersionKey, block),
            RevealState.Expired => (null, "ExpiredWeightCommit"),
            _ => (null, "RevealTooEarly"),
        };
    }

    /// <summary>The schedule for calls of this block; null for a subnet that has no epochs. A ledger takes a call at once, not in the next block.</summary>
    public static RevealSchedule? Schedule(LedgerSubnet subnet, ushort netuid, ulong block) => subnet.Rules.Tempo == 0
        ? null
        : new RevealSchedule(new CountedEpochs(netuid, subnet.Rules.Tempo), subnet.Rules.CommitRevealPeriod, Math.Max(block, 1) - 1);
}
