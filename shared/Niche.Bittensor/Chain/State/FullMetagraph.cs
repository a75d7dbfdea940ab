using Niche.Bittensor.Chain.Values;

namespace Niche.Bittensor.Chain.State;

/// <summary>Everything that the runtime's <c>get_metagraph</c> tells of a subnet at one block.</summary>
/// <param name="Metagraph">Its neurons.</param>
/// <param name="Scores">By uid, as many as neurons.</param>
/// <param name="Name">Name given by the owner.</param>
/// <param name="Symbol">Symbol of its token.</param>
/// <param name="OwnerHotkey">SS58.</param>
/// <param name="OwnerColdkey">SS58.</param>
/// <param name="RegisteredAtBlock">When the subnet came to be.</param>
/// <param name="Tempo">Blocks of an epoch.</param>
/// <param name="LastStep">Block of the last epoch.</param>
/// <param name="BlocksSinceLastStep">Blocks since.</param>
/// <param name="BurnRao">What a registration costs now, in rao.</param>
/// <param name="RegistrationAllowed">Registrations are open.</param>
/// <param name="AlphaPrice">TAO per alpha, a moving mean.</param>
/// <param name="Raw">The whole answer, by the names of the runtime's source.</param>
public sealed record FullMetagraph(
    Metagraph Metagraph,
    IReadOnlyList<NeuronScores> Scores,
    string Name,
    string Symbol,
    string OwnerHotkey,
    string OwnerColdkey,
    ulong RegisteredAtBlock,
    ushort Tempo,
    ulong LastStep,
    ulong BlocksSinceLastStep,
    ulong BurnRao,
    bool RegistrationAllowed,
    double AlphaPrice,
    ScaleValue Raw);
