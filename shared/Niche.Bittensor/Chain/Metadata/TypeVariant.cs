namespace Niche.Bittensor.Chain.Metadata;

/// <summary>One variant of an enum: a call, an event, an error, or any other.</summary>
/// <param name="Name">As in the source.</param>
/// <param name="Index">The byte that stands for it; not always its place in the list.</param>
/// <param name="Fields">What follows the byte.</param>
/// <param name="Docs">Lines of the source's comment.</param>
public sealed record TypeVariant(string Name, byte Index, IReadOnlyList<TypeField> Fields, IReadOnlyList<string> Docs);
