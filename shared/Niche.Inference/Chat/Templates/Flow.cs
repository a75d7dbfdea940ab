namespace Niche.Inference.Chat.Templates;

/// <summary>How a template goes on behind a statement.</summary>
internal enum Flow
{
    /// <summary>With the next one.</summary>
    On,

    /// <summary>Behind the loop.</summary>
    Break,

    /// <summary>With the loop's next round.</summary>
    Continue,
}
