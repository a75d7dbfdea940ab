namespace Niche.Inference.Chat.Templates;

/// <summary>What a word of an expression is.</summary>
internal enum TokenKind
{
    /// <summary>A name or keyword.</summary>
    Name,

    /// <summary>A text in quotes, without them.</summary>
    Text,

    /// <summary>A whole number.</summary>
    Whole,

    /// <summary>A number with a fraction.</summary>
    Real,

    /// <summary>A sign.</summary>
    Sign,

    /// <summary>The end of the tag.</summary>
    End,
}
