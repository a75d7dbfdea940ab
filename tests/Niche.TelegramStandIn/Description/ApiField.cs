namespace Niche.TelegramStandIn.Description;

/// <summary>A parameter of a method or a member of a type.</summary>
/// <param name="Name">Its name on the wire.</param>
/// <param name="Types">Types of which a value must have one, such as <c>Integer</c> or <c>Array of BotCommand</c>.</param>
/// <param name="Required">It must be there.</param>
/// <param name="Description">The words of the documentation, from which limits and constants are read.</param>
public sealed record ApiField(string Name, IReadOnlyList<string> Types, bool Required, string Description);
