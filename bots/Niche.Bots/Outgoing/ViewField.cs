namespace Niche.Bots.Outgoing;

/// <summary>A named value.</summary>
/// <param name="Name">The name.</param>
/// <param name="Value">The value.</param>
public sealed record ViewField(string Name, RichText Value);
