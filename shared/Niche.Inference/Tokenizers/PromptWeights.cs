using System.Globalization;
using System.Text;

namespace Niche.Inference.Tokenizers;

/// <summary>
/// Reads emphasis out of a prompt, in the notation that people know: <c>(words)</c> count 1.1 times as much, <c>[words]</c> 1.1 times less,
/// <c>(words:1.5)</c> one and a half times; brackets nest, <c>\(</c> is a bracket. Brackets without a partner are plain text: every text has a
/// reading.
/// </summary>
public static class PromptWeights
{
    private const float Emphasis = 1.1f;
    private const float Most = 4;

    /// <summary>The parts of a prompt in their order; none of them is empty.</summary>
    /// <param name="prompt">Any text.</param>
    public static IReadOnlyList<PromptPart> Read(string prompt)
    {
        var parts = new List<PromptPart>();
        var open = new Stack<(char Bracket, int Part)>();
        var text = new StringBuilder();
        for (var i = 0; i < prompt.Length; i++)
        {
            var c = prompt[i];
            if (c == '\\' && i + 1 < prompt.Length && "()[]\\".Contains(prompt[i + 1], StringComparison.Ordinal)) text.Append(prompt[++i]);
            else if (c is '(' or '[' && HasPartner(prompt, i)) Open(c, parts, open, text);
            else if (open.Count > 0 && c == (open.Peek().Bracket == '(' ? ')' : ']')) Close(parts, open.Pop(), text);
            else text.Append(c);
        }
        Flush(parts, text);
        // Where round and square brackets cross, one of them never closes.
        foreach (var (bracket, part) in open) parts.Insert(part, new PromptPart(bracket.ToString(), 1));
        return parts;
    }

    private static void Open(char bracket, List<PromptPart> parts, Stack<(char Bracket, int Part)> open, StringBuilder text)
    {
        Flush(parts, text);
        open.Push((bracket, parts.Count));
    }

    private static void Close(List<PromptPart> parts, (char Bracket, int Part) open, StringBuilder text)
    {
        var factor = open.Bracket == '(' ? TakeFactor(text) : 1 / Emphasis;
        Flush(parts, text);
        for (var i = open.Part; i < parts.Count; i++) parts[i] = parts[i] with { Weight = Math.Clamp(parts[i].Weight * factor, 0, Most) };
    }

    // ":1.5" at the end of what a round bracket holds.
    private static float TakeFactor(StringBuilder text)
    {
        var held = text.ToString();
        var colon = held.LastIndexOf(':');
        if (colon < 0 || !float.TryParse(held.AsSpan(colon + 1).Trim(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var factor)) return Emphasis;
        text.Length = colon;
        return factor;
    }

    private static bool HasPartner(string prompt, int at)
    {
        var (opening, closing) = prompt[at] == '(' ? ('(', ')') : ('[', ']');
        var depth = 0;
        for (var i = at; i < prompt.Length; i++)
        {
            if (prompt[i] == '\\') i++;
            else if (prompt[i] == opening) depth++;
            else if (prompt[i] == closing && --depth == 0) return true;
        }
        return false;
    }

    private static void Flush(List<PromptPart> parts, StringBuilder text)
    {
        if (text.Length > 0) parts.Add(new PromptPart(text.ToString(), 1));
        text.Clear();
    }
}
