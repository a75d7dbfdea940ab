namespace Niche.Bots.Outgoing;

/// <summary>A piece of text in one style. The text means itself: the platform escapes it, so nobody's words become markup or a mention.</summary>
/// <param name="Text">The text; line feeds are line breaks.</param>
/// <param name="Style">How it looks.</param>
/// <param name="Link">Where a <see cref="SpanStyle.Link"/> leads.</param>
public sealed record Span(string Text, SpanStyle Style = SpanStyle.Plain, Uri? Link = null);
