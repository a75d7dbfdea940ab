namespace Niche.TelegramStandIn.Description;

/// <summary>An object of the Bot API.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Fields">Its members by name.</param>
/// <param name="Subtypes">The types that stand for it; empty when it is concrete.</param>
public sealed record ApiType(string Name, IReadOnlyDictionary<string, ApiField> Fields, IReadOnlyList<string> Subtypes);
