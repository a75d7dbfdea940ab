namespace Niche.Inference.Tokenizers;

/// <summary>What a language model needs of its tokenizer. Safe to call from many threads.</summary>
public interface ITextTokenizer
{
    /// <summary>One more than the largest id.</summary>
    int Count { get; }

    /// <summary>The token that stands before every text; null for models that have none.</summary>
    int? StartId { get; }

    /// <summary>Most UTF-8 bytes of a text that one token can stand for: a longer text has more tokens than its bytes by this.</summary>
    int LongestToken { get; }

    /// <summary>Ids of a text, without the start token.</summary>
    /// <param name="text">Any text.</param>
    IReadOnlyList<int> Encode(string text);

    /// <summary>UTF-8 bytes of one token; a character may be spread over several tokens. Empty for tokens that are not text.</summary>
    /// <param name="id">A token id below <see cref="Count"/>.</param>
    ReadOnlySpan<byte> Bytes(int id);
}
