namespace Niche.Validator.Organic;

/// <summary>Names this process among those that work on the same storage.</summary>
/// <param name="Value">Unique to the process.</param>
public sealed record InstanceId(string Value);
