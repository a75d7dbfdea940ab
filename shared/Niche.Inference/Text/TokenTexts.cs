using System.Text;
using Niche.Inference.Tokenizers;

namespace Niche.Inference.Text;

/// <summary>The bytes of tokens as text, each made once: the likely ones are told again and again. Safe to use from many threads.</summary>
/// <param name="tokenizer">Knows the bytes.</param>
internal sealed class TokenTexts(ITextTokenizer tokenizer)
{
    // Threads that need a new one at the same time make the same.
    private readonly string?[] _texts = new string?[tokenizer.Count];
    private readonly Lazy<Dictionary<string, int>> _ids = new(() => ByText(tokenizer));

    /// <summary>The text of a token; part of a character shows as U+FFFD.</summary>
    /// <param name="id">A token of the tokenizer.</param>
    public string this[int id] => _texts[id] ??= Encoding.UTF8.GetString(tokenizer.Bytes(id));

    /// <summary>The only token with this text; null when there is none, or more than one as there are of parts of characters.</summary>
    /// <param name="text">Its whole text.</param>
    public int? Find(string text) => _ids.Value.TryGetValue(text, out var id) && id >= 0 ? id : null;

    private static Dictionary<string, int> ByText(ITextTokenizer tokenizer)
    {
        var ids = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var id = 0; id < tokenizer.Count; id++)
        {
            var text = Encoding.UTF8.GetString(tokenizer.Bytes(id));
            if (!ids.TryAdd(text, id)) ids[text] = -1;
        }
        return ids;
    }
}
