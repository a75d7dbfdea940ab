namespace Niche.Bots.Outgoing;

/// <summary>How a piece of text looks.</summary>
public enum SpanStyle
{
    /// <summary>As it is.</summary>
    Plain,

    /// <summary>Bold.</summary>
    Bold,

    /// <summary>Italic.</summary>
    Italic,

    /// <summary>Fixed width, to be copied.</summary>
    Code,

    /// <summary>A link to <see cref="Span.Link"/>.</summary>
    Link,

    /// <summary>A quotation, on lines of its own.</summary>
    Quote,
}
