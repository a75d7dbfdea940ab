namespace Niche.Inference.Tokenizers.Pipeline;

/// <summary>What a piece of a SentencePiece model is; numbers as in its file.</summary>
internal enum SentencePieceType
{
    /// <summary>Found by merging.</summary>
    Normal = 1,

    /// <summary>Stands for what no piece covers.</summary>
    Unknown = 2,

    /// <summary>Steers the model.</summary>
    Control = 3,

    /// <summary>Always a piece of its own where it stands in a text.</summary>
    UserDefined = 4,

    /// <summary>Reserved.</summary>
    Unused = 5,

    /// <summary>A byte.</summary>
    Byte = 6,
}
