namespace Niche.Bots.Outgoing;

/// <summary>A text field of a form.</summary>
/// <param name="Id">1 to 32 characters a-z and hyphens.</param>
/// <param name="Label">1 to 45 characters.</param>
/// <param name="Value">What stands there already.</param>
/// <param name="Multiline">More than one line.</param>
/// <param name="Required">Must not be left empty.</param>
/// <param name="MaxLength">Most characters, 1 to 4000.</param>
/// <param name="Placeholder">What an empty field shows; null when nothing.</param>
public sealed record FormField(
    string Id, string Label, string Value, bool Multiline = false, bool Required = false, int MaxLength = 100, string? Placeholder = null);
