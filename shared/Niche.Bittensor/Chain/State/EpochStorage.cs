namespace Niche.Bittensor.Chain.State;

/// <summary>What the chain keeps about a subnet's epochs and the revealing of weights, as of one block. Null where the runtime has no such item.</summary>
/// <param name="Block">The block.</param>
/// <param name="Tempo">Blocks of an epoch.</param>
/// <param name="BlocksSinceLastStep">Blocks since the last epoch ran.</param>
/// <param name="LastEpochBlock">Block of the last epoch; only from spec 423 on, and the sign of its way of counting.</param>
/// <param name="PendingEpochAt">Block of an epoch that was asked for, 0 for none; only from spec 423 on.</param>
/// <param name="SubnetEpochIndex">Number of the current epoch; only from spec 423 on.</param>
/// <param name="RevealPeriodEpochs">Epochs from commit to reveal.</param>
/// <param name="CommitRevealWeightsEnabled">Weights must be committed and revealed.</param>
/// <param name="CommitRevealWeightsVersion">Version of timelocked commits that the chain takes.</param>
/// <param name="StakeThresholdRao">Stake that weights need, in rao.</param>
/// <param name="LastStoredRound">Newest drand round that the chain knows.</param>
public sealed record EpochStorage(
    BlockRef Block,
    ushort Tempo,
    ulong BlocksSinceLastStep,
    ulong? LastEpochBlock,
    ulong? PendingEpochAt,
    ulong? SubnetEpochIndex,
    ulong RevealPeriodEpochs,
    bool CommitRevealWeightsEnabled,
    ushort? CommitRevealWeightsVersion,
    ulong StakeThresholdRao,
    ulong? LastStoredRound);
