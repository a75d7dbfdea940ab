namespace Niche.Bots.Outgoing;

/// <summary>Text as pieces with a style each.</summary>
/// <param name="Spans">The pieces in order.</param>
public sealed record RichText(IReadOnlyList<Span> Spans)
{
    /// <summary>No text.</summary>
    public static RichText Empty { get; } = new([]);

    /// <summary>True when nothing is to be seen.</summary>
    public bool IsEmpty => Spans.All(span => span.Text.Length == 0);

    /// <summary>One plain piece.</summary>
    public static RichText Plain(string text) => new([new Span(text)]);

    /// <summary>This and then that.</summary>
    public RichText Append(RichText more) => new([.. Spans, .. more.Spans]);

    /// <summary>The text without styles.</summary>
    public override string ToString() => string.Concat(Spans.Select(span => span.Text));
}
