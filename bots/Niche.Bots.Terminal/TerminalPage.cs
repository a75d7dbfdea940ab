namespace Niche.Bots.Terminal;

/// <summary>News in order.</summary>
/// <param name="News">The news; empty when nothing happened for a while.</param>
public sealed record TerminalPage(IReadOnlyList<TerminalNews> News);
