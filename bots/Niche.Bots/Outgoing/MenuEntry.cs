namespace Niche.Bots.Outgoing;

/// <summary>An entry of a menu; choosing it comes back as a <see cref="Incoming.ButtonEvent"/> with its id.</summary>
/// <param name="Id">1 to 64 bytes of ASCII, unique in its message.</param>
/// <param name="Label">1 to 40 characters.</param>
/// <param name="Description">At most 100 characters; null when none.</param>
/// <param name="Chosen">It is the one in force now.</param>
public sealed record MenuEntry(string Id, string Label, string? Description = null, bool Chosen = false);
