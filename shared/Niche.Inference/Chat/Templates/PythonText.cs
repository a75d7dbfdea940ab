using System.Globalization;
using System.Text;

namespace Niche.Inference.Chat.Templates;

/// <summary>Texts as Python treats them: white space, code points, quotation.</summary>
internal static class PythonText
{
    public static bool IsSpace(char c) => char.IsWhiteSpace(c) || c is >= '\u001c' and <= '\u001f';

    public static string TrimStart(string text, string? chars = null)
    {
        var begin = 0;
        while (begin < text.Length && Goes(text[begin], chars)) begin++;
        return text[begin..];
    }

    public static string TrimEnd(string text, string? chars = null)
    {
        var end = text.Length;
        while (end > 0 && Goes(text[end - 1], chars)) end--;
        return text[..end];
    }

    /// <summary>Number of code points.</summary>
    public static int Length(string text)
    {
        var count = 0;
        foreach (var c in text) if (!char.IsLowSurrogate(c)) count++;
        return count;
    }

    /// <summary>Each code point as a text.</summary>
    public static IEnumerable<string> Characters(string text) => text.EnumerateRunes().Select(rune => rune.ToString());

    /// <summary>White space apart, as <c>split()</c> does.</summary>
    public static List<object?> Words(string text)
    {
        var words = new List<object?>();
        for (var at = 0; at < text.Length;)
        {
            if (IsSpace(text[at]))
            {
                at++;
                continue;
            }
            var begin = at;
            while (at < text.Length && !IsSpace(text[at])) at++;
            words.Add(text[begin..at]);
        }
        return words;
    }

    /// <summary>The shortest decimal that reads back as the number, as Python writes it.</summary>
    public static string Of(double value)
    {
        if (double.IsNaN(value)) return "nan";
        if (double.IsInfinity(value)) return value > 0 ? "inf" : "-inf";
        var scientific = value.ToString("E16", CultureInfo.InvariantCulture);
        var exponent = value == 0 ? 0 : int.Parse(scientific.AsSpan(scientific.IndexOf('E', StringComparison.Ordinal) + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        var shortest = value.ToString("R", CultureInfo.InvariantCulture);
        if (exponent is >= -4 and < 16)
        {
            var plain = shortest.Contains('E', StringComparison.Ordinal) ? ((decimal)value).ToString(CultureInfo.InvariantCulture) : shortest;
            return plain.Contains('.', StringComparison.Ordinal) ? plain : plain + ".0";
        }
        var mark = shortest.IndexOf('E', StringComparison.Ordinal);
        var digits = mark < 0 ? value.ToString("0.################E+0", CultureInfo.InvariantCulture) : shortest;
        mark = digits.IndexOf('E', StringComparison.Ordinal);
        return $"{digits[..mark]}e{(exponent < 0 ? '-' : '+')}{Math.Abs(exponent):00}";
    }

    private static bool Goes(char c, string? chars) => chars is null ? IsSpace(c) : chars.Contains(c, StringComparison.Ordinal);
}
