using Niche.Bittensor.Chain;
using Niche.Bittensor.Chain.Epochs;
using Niche.Bittensor.Chain.Weights;

namespace Niche.Bittensor.Tests.Chain.Weights;

/// <summary>A subnet in which everything is in order: 16 neurons, ours is uid 3.</summary>
internal static class SampleTerms
{
    public const ushort Netuid = 7;

    public static readonly SubnetHyperparameters Rules = new(
        Tempo: 360, MinAllowedWeights: 2, MaxWeightsLimit: 65535, WeightsVersionKey: 5, WeightsRateLimit: 100, CommitRevealEnabled: false,
        CommitRevealPeriod: 1, ServingRateLimit: 50, ImmunityPeriod: 4096, ActivityCutoff: 5000, MaxUids: 256);

    public static readonly WeightTerms Good = new()
    {
        Block = 10_000,
        Time = DateTimeOffset.FromUnixTimeSeconds(1_790_000_000),
        Rules = Rules,
        Neurons = 16,
        Uid = 3,
        Permit = true,
        LastUpdate = 9_000,
        Stake = 2_000_000_000,
        StakeThreshold = 1_000_000_000,
        Epochs = new CountedEpochs(Netuid, 360),
    };

    public static readonly WeightTerms Committing = Good with { Rules = Rules with { CommitRevealEnabled = true } };

    public static readonly WeightRequest Request = new(Netuid, [0, 1, 5], [100, 65535, 30000], VersionKey: 2);
}
