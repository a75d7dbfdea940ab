using System.Globalization;
using System.Text;

namespace Niche.Inference.Tokenizers.Pipeline;

/// <summary>
/// .NET's expressions see characters beyond U+FFFF as two halves without a category. Here each of them is replaced by one rare character of the same
/// category, so that an expression over categories treats both alike.
/// </summary>
internal static class CategoryLetters
{
    /// <summary>
    /// A stand-in for each <see cref="UnicodeCategory"/>, in its order (U+FFFF for those that nothing beyond U+FFFF has). All lie outside of the ranges
    /// of Chinese, Japanese and Korean letters that patterns name.
    /// </summary>
    public static string ByCategory { get; } =
        "\uA722\uA723\u01C5\uA4F8\uA4D0\uA6F0\uA823\uA670\uA620\uA6E6\uA830\u00A0\uFFFF\uFFFF\uFFFF\uFEFF\uFFFF\uE000\uFE33\uFE31\uFE35\uFE36\u00AB\u00BB\uA4FE\uFB29\uA838\uA700\uA490\u0378";

    /// <summary>One character for each code point, and where in the text each of them begins (one more at the end); places null when they are the same.</summary>
    public static (string Text, int[]? Places) Of(string text)
    {
        if (!text.AsSpan().ContainsAnyInRange('\ud800', '\udfff')) return (text, null);
        var letters = new StringBuilder(text.Length);
        var places = new List<int>(text.Length);
        for (var at = 0; at < text.Length;)
        {
            Rune.DecodeFromUtf16(text.AsSpan(at), out var rune, out var length);
            letters.Append(rune.IsBmp ? (char)rune.Value : ByCategory[(int)Rune.GetUnicodeCategory(rune)]);
            places.Add(at);
            at += length;
        }
        places.Add(text.Length);
        return (letters.ToString(), [.. places]);
    }
}
