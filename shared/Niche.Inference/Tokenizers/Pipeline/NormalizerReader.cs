using System.Text;
using Niche.Inference.Tokenizers.Unicode;

namespace Niche.Inference.Tokenizers.Pipeline;

/// <summary>Reads <c>normalizer</c> of <c>tokenizer.json</c>.</summary>
internal static class NormalizerReader
{
    private const int LongestText = 64;
    private const int MostSteps = 16;

    /// <summary>What becomes of a text before it is cut; nothing without a part.</summary>
    public static Func<string, string> Read(JsonPart? part)
    {
        if (part is null) return text => text;
        switch (part.Text("type"))
        {
            case "Sequence":
                part.Only("normalizers");
                Func<string, string>[] steps = [.. part.Need("normalizers").Items(MostSteps).Select(Read)];
                return text => steps.Aggregate(text, (current, step) => step(current));
            case "Prepend":
                part.Only("prepend");
                var prefix = Short(part, "prepend");
                return text => text.Length == 0 ? text : prefix + text;
            case "Replace":
                part.Only("pattern", "content");
                var (wanted, content) = (Pattern(part.Need("pattern")), Short(part, "content"));
                return text => text.Replace(wanted, content, StringComparison.Ordinal);
            case "NFC":
                part.Only();
                return new CanonicalForm().Compose;
            case "Lowercase":
                part.Only();
                return Lower;
            case var other:
                throw part.Unsupported($"the normalizer '{other}' is not supported");
        }
    }

    private static string Lower(string text)
    {
        var lower = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes()) lower.Append(Rune.ToLowerInvariant(rune).ToString());
        return lower.ToString();
    }

    private static string Short(JsonPart part, string name) =>
        part.Text(name) is { Length: <= LongestText } text ? text : throw part.Need(name).Invalid($"is longer than {LongestText} characters");

    private static string Pattern(JsonPart part)
    {
        if (part.Find("Regex") is not null) throw part.Unsupported("replacing by a regular expression is not supported");
        return Short(part, "String") is { Length: > 0 } text ? text : throw part.Invalid("is empty");
    }
}
