namespace Niche.Bittensor.Chain;

/// <summary>A subnet's rules, as far as miners and validators need them.</summary>
/// <param name="Tempo">Blocks in an epoch.</param>
/// <param name="MinAllowedWeights">Fewest uids in a weight vector.</param>
/// <param name="MaxWeightsLimit">Largest share of one uid, u16; 65535 = no limit.</param>
/// <param name="WeightsVersionKey">Smallest accepted version key; 0 = any.</param>
/// <param name="WeightsRateLimit">Blocks between two weight vectors of one hotkey.</param>
/// <param name="CommitRevealEnabled">Weights must be committed and revealed rather than set.</param>
/// <param name="CommitRevealPeriod">Epochs between commit and reveal.</param>
/// <param name="ServingRateLimit">Blocks between two axon announcements of one hotkey.</param>
/// <param name="ImmunityPeriod">Blocks during which a new neuron can not be replaced.</param>
/// <param name="ActivityCutoff">Blocks after which a silent validator stops counting as active.</param>
/// <param name="MaxUids">Slots of the subnet.</param>
public sealed record SubnetHyperparameters(
    ushort Tempo,
    ushort MinAllowedWeights,
    ushort MaxWeightsLimit,
    ulong WeightsVersionKey,
    ulong WeightsRateLimit,
    bool CommitRevealEnabled,
    ulong CommitRevealPeriod,
    ulong ServingRateLimit,
    ushort ImmunityPeriod,
    ulong ActivityCutoff,
    ushort MaxUids);
