using System.Text;
using Niche.Inference.Tokenizers;

namespace Niche.Inference.Text;

/// <summary>The bytes of tokens as text, each made once: the likely ones are told again and again. Safe to use from many threads.</summary>
/// <param name="tokenizer">Knows the bytes.</param>
internal sealed class TokenTexts(ITextTokenizer tokenizer)
{
    // Threads that need a new one at the same time make the same.
    private readonly string?[] _texts = new string?[tokenizer.Count];

    /// <summary>The text of a token; part of a character shows as U+FFFD.</summary>
    /// <param name="id">A token of the tokenizer.</param>
    public string this[int id] => _texts[id] ??= Encoding.UTF8.GetString(tokenizer.Bytes(id));
}
