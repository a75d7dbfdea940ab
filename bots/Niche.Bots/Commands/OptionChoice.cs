namespace Niche.Bots.Commands;

/// <summary>An allowed value.</summary>
/// <param name="Value">As the core gets it, 1 to 100 characters.</param>
/// <param name="Label">As people see it, by language tag, <c>en</c> always there; 1 to 100 characters each.</param>
public sealed record OptionChoice(string Value, IReadOnlyDictionary<string, string> Label);
