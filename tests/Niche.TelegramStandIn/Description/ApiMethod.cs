namespace Niche.TelegramStandIn.Description;

/// <summary>A method of the Bot API.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Returns">Types of which the result has one.</param>
/// <param name="Fields">Its parameters by name.</param>
public sealed record ApiMethod(string Name, IReadOnlyList<string> Returns, IReadOnlyDictionary<string, ApiField> Fields);
