namespace Niche.Inference.Tokenizers.Pipeline;

/// <summary>What becomes of the matches when a text is split.</summary>
internal enum SplitBehavior
{
    /// <summary>Dropped.</summary>
    Removed,

    /// <summary>Each a piece of its own.</summary>
    Isolated,

    /// <summary>Joined with the piece before.</summary>
    MergedWithPrevious,

    /// <summary>Joined with the piece behind.</summary>
    MergedWithNext,

    /// <summary>Neighbours joined.</summary>
    Contiguous,
}
