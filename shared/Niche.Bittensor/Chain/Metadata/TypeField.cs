namespace Niche.Bittensor.Chain.Metadata;

/// <summary>A field of a struct or of an enum's variant.</summary>
/// <param name="Name">Null for tuple structs and tuple variants.</param>
/// <param name="Type">Id in the registry.</param>
/// <param name="TypeName">The type as the source spells it, such as <c>T::AccountId</c>.</param>
public sealed record TypeField(string? Name, int Type, string? TypeName);
