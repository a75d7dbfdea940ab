namespace Niche.Bittensor.Chain.Metadata;

/// <summary>A pallet: a module of the runtime.</summary>
/// <param name="Name">As the runtime names it.</param>
/// <param name="Index">First byte of its calls, events and errors.</param>
/// <param name="Calls">Variants of its call enum; empty when it has none.</param>
/// <param name="Events">Variants of its event enum.</param>
/// <param name="Errors">Variants of its error enum.</param>
/// <param name="Storage">Its storage items.</param>
/// <param name="Constants">Its constants.</param>
public sealed record PalletInfo(
    string Name,
    byte Index,
    IReadOnlyList<TypeVariant> Calls,
    IReadOnlyList<TypeVariant> Events,
    IReadOnlyList<TypeVariant> Errors,
    IReadOnlyList<StorageEntry> Storage,
    IReadOnlyList<PalletConstant> Constants);
