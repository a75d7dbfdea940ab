using System.Globalization;
using System.Text;

namespace Niche.Inference.Tokenizers.Unicode;

/// <summary>
/// Normalization form C (Unicode Standard Annex 15), which the runtime leaves out when it has no culture data. Characters newer than the table stay as
/// they are.
/// </summary>
internal sealed class CanonicalForm
{
    private const int FirstSyllable = 0xAC00, Syllables = 11172, FirstL = 0x1100, FirstV = 0x1161, FirstT = 0x11A7, Ls = 19, Vs = 21, Ts = 28;
    private readonly Dictionary<int, int> _classes = [];
    private readonly Dictionary<int, int[]> _parts = [];
    private readonly Dictionary<(int First, int Second), int> _pairs = [];

    /// <summary>Reads the table (<c>make_canonical.py</c> writes it).</summary>
    public CanonicalForm()
    {
        using var reader = new StreamReader(typeof(CanonicalForm).Assembly.GetManifestResourceStream("canonical.txt")!);
        while (reader.ReadLine() is { } line)
        {
            if (line[0] == '#') continue;
            var fields = line.Split(' ');
            var code = Hex(fields[0]);
            if (fields[1] != "0") _classes[code] = int.Parse(fields[1], CultureInfo.InvariantCulture);
            int[] parts = [.. fields.Skip(2).Where(field => field != "!").Select(Hex)];
            if (parts.Length > 0) _parts[code] = parts;
            if (parts.Length == 2 && fields[^1] != "!") _pairs[(parts[0], parts[1])] = code;
        }
    }

    /// <summary>The text in form C.</summary>
    /// <param name="text">Well-formed UTF-16.</param>
    public string Compose(string text)
    {
        // Nothing below U+0300 ever changes.
        if (!text.AsSpan().ContainsAnyInRange('\u0300', '\uFFFF')) return text;
        var codes = new List<int>(text.Length);
        foreach (var rune in text.EnumerateRunes()) Decompose(rune.Value, codes);
        Order(codes);
        Join(codes);
        var composed = new StringBuilder(codes.Count);
        foreach (var code in codes) composed.Append(new Rune(code).ToString());
        return composed.ToString();
    }

    private static int Hex(string text) => int.Parse(text, NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    private void Decompose(int code, List<int> codes)
    {
        if (code - FirstSyllable is >= 0 and < Syllables and var index)
        {
            codes.Add(FirstL + (index / (Vs * Ts)));
            codes.Add(FirstV + (index % (Vs * Ts) / Ts));
            if (index % Ts > 0) codes.Add(FirstT + (index % Ts));
        }
        else if (_parts.TryGetValue(code, out var parts))
        {
            foreach (var part in parts) Decompose(part, codes);
        }
        else
        {
            codes.Add(code);
        }
    }

    private int Class(int code) => _classes.GetValueOrDefault(code);

    // Marks between two starters by class, equals in their order.
    private void Order(List<int> codes)
    {
        for (var start = 0; start < codes.Count; start++)
        {
            if (Class(codes[start]) == 0) continue;
            var end = start;
            while (end < codes.Count && Class(codes[end]) != 0) end++;
            if (end - start > 1)
            {
                int[] marks = [.. codes.GetRange(start, end - start).OrderBy(Class)];
                for (var i = 0; i < marks.Length; i++) codes[start + i] = marks[i];
            }
            start = end;
        }
    }

    private void Join(List<int> codes)
    {
        var (kept, starter, last) = (0, -1, 0);
        foreach (var code in codes.ToArray())
        {
            var mark = Class(code);
            // A mark reaches the starter only past marks of lower class; a starter only when it stands right behind.
            if (starter >= 0 && (last < mark || (last == 0 && starter == kept - 1)) && Pair(codes[starter], code) is { } joined)
            {
                codes[starter] = joined;
                continue;
            }
            if (mark == 0) starter = kept;
            last = mark;
            codes[kept++] = code;
        }
        codes.RemoveRange(kept, codes.Count - kept);
    }

    private int? Pair(int first, int second)
    {
        if (first - FirstL is >= 0 and < Ls and var l && second - FirstV is >= 0 and < Vs and var v) return FirstSyllable + (((l * Vs) + v) * Ts);
        if (first - FirstSyllable is >= 0 and < Syllables and var s && s % Ts == 0 && second - FirstT is > 0 and < Ts and var t) return first + t;
        return _pairs.TryGetValue((first, second), out var joined) ? joined : null;
    }
}
