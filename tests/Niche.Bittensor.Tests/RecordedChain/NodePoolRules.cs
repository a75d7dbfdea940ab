using Niche.Bittensor.Chain.Storage;
using Niche.Bittensor.Chain.Values;

namespace Niche.Bittensor.Tests.RecordedChain;

/// <summary>What subtensor's own transaction extension refuses before a call gets into the pool, as a custom code; null when it lets it through.</summary>
public static class NodePoolRules
{
    private const byte StakeTooLow = 1, SubnetMissing = 3, RateLimit = 6, BadRound = 15, CommitNotFound = 16, NotInRange = 17, Unequal = 18;

    public static byte? Refuse(NodeCall call, NodeOptions options) => call.Call switch
    {
        { Pallet: not NodeState.Subtensor } => null,
        { Name: "set_weights" or "set_mechanism_weights" } => Weights(call, options),
        { Name: "commit_weights" or "commit_mechanism_weights" } => Commit(call, options),
        { Name: "commit_crv3_weights" or "commit_crv3_mechanism_weights" or "commit_timelocked_weights" or "commit_timelocked_mechanism_weights" } => Timelocked(call, options),
        { Name: "reveal_weights" or "reveal_mechanism_weights" } => Reveal(call, options),
        { Name: "serve_axon" } => ServingCalls.Check(call) is { } found ? found.Custom : null,
        { Name: "burned_register" } => !call.HasSubnet ? SubnetMissing : RegistrationCalls.IntervalIsFull(call) ? RateLimit : null,
        _ => null,
    };

    private static byte? Weights(NodeCall call, NodeOptions options)
    {
        if (call.Words("dests").Length != call.Words("weights").Length) return options.PoolKnowsRateLimits ? Unequal : null;
        if (!call.HasStakeForWeights) return StakeTooLow;
        return options.PoolKnowsRateLimits && WeightRules.TooFast(call) ? RateLimit : null;
    }

    private static byte? Commit(NodeCall call, NodeOptions options)
    {
        if (!call.HasStakeForWeights) return StakeTooLow;
        return options.PoolKnowsRateLimits && WeightRules.TooFast(call) ? RateLimit : null;
    }

    private static byte? Timelocked(NodeCall call, NodeOptions options) =>
        Commit(call, options) ?? (call.Number("reveal_round") < (ulong)call.State.Get("Drand", "LastStoredRound")!.AsInteger() ? BadRound : null);

    private static byte? Reveal(NodeCall call, NodeOptions options)
    {
        if (!call.HasStakeForWeights) return StakeTooLow;
        if (!options.PoolKnowsReveals) return null;
        if (CommitCalls.Pending(call).FirstOrDefault(one => one.Hash.SequenceEqual(CommitCalls.HashOf(call))) is not { } commit) return CommitNotFound;
        return CommitCalls.IsInRange(call, commit) ? null : NotInRange;
    }
}
