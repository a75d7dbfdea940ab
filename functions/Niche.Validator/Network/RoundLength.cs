namespace Niche.Validator.Network;

/// <summary>Length of a round and of the interval that shares are counted over.</summary>
/// <param name="Value">More than zero.</param>
public sealed record RoundLength(TimeSpan Value);
