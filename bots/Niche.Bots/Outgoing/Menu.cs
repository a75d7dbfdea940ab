namespace Niche.Bots.Outgoing;

/// <summary>A list to choose one entry from; platforms without lists show a button per entry.</summary>
/// <param name="Id">1 to 64 bytes of ASCII, unique in its message.</param>
/// <param name="Placeholder">What stands there before the choice, 1 to 100 characters.</param>
/// <param name="Entries">1 to 25 entries.</param>
public sealed record Menu(string Id, string Placeholder, IReadOnlyList<MenuEntry> Entries);
