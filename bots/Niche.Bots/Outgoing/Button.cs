namespace Niche.Bots.Outgoing;

/// <summary>A button; with a <paramref name="Link"/> it leads there, else its press comes back as <see cref="Incoming.ButtonEvent"/>.</summary>
/// <param name="Id">1 to 64 bytes of ASCII, unique in its message; empty with a link.</param>
/// <param name="Label">1 to 40 characters.</param>
/// <param name="Style">How it looks.</param>
/// <param name="Emoji">One emoji before the label; null when none.</param>
/// <param name="Disabled">To be seen but not to be pressed; platforms without that leave it out.</param>
/// <param name="Link">An https address; null for a button of ours.</param>
public sealed record Button(
    string Id, string Label, ButtonStyle Style = ButtonStyle.Normal, string? Emoji = null, bool Disabled = false, Uri? Link = null);
