using Niche.Bots.Outgoing;

namespace Niche.Bots.Terminal;

/// <summary>Something that a terminal has to show.</summary>
/// <param name="Row">Its place: ask for what is after it.</param>
/// <param name="Kind"><c>sent</c>, <c>edited</c> or <c>deleted</c>.</param>
/// <param name="Message">The message.</param>
/// <param name="View">What it looks like; null when deleted.</param>
public sealed record TerminalNews(string Row, string Kind, string Message, View? View);
