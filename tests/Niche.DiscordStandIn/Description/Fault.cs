namespace Niche.DiscordStandIn.Description;

/// <summary>What is wrong, and where.</summary>
/// <param name="Path">Names and indices from the root, joined by dots; empty for the root.</param>
/// <param name="Message">In words.</param>
public sealed record Fault(string Path, string Message)
{
    /// <inheritdoc/>
    public override string ToString() => $"{(Path.Length == 0 ? "(root)" : Path)}: {Message}";
}
