using System.Globalization;
using System.Text;

namespace Niche.Inference.Chat.Templates;

/// <summary>Writes values as JSON (Python's <c>json.dumps</c>) or as Python prints them. Every character is paid for.</summary>
internal sealed class ValueWriter(Budget budget)
{
    private const int Deepest = 64;
    private readonly StringBuilder _out = new();
    private int _depth;

    public string Python(object? value)
    {
        Write(value, python: true, ascii: false, indent: null);
        return _out.ToString();
    }

    public string Json(object? value, bool ascii, int? indent)
    {
        Write(value, python: false, ascii, indent);
        return _out.ToString();
    }

    private void Write(object? value, bool python, bool ascii, int? indent)
    {
        budget.Pay(Budget.Step);
        switch (value)
        {
            case null:
                Add(python ? "None" : "null");
                break;
            case bool b:
                Add(python ? (b ? "True" : "False") : b ? "true" : "false");
                break;
            case long n:
                Add(n.ToString(CultureInfo.InvariantCulture));
                break;
            case double d:
                Add(PythonText.Of(d));
                break;
            case string text:
                Quote(text, python, ascii);
                break;
            case List<object?> list:
                var (open, close) = python && list is Pair ? ('(', ')') : ('[', ']');
                Many(open, close, list.Count, i => Write(list[i], python, ascii, indent), indent);
                break;
            case OrderedDictionary<string, object?> map:
                Many('{', '}', map.Count, i =>
                {
                    Quote(map.GetAt(i).Key, python, ascii);
                    Add(": ");
                    Write(map.GetAt(i).Value, python, ascii, indent);
                }, indent);
                break;
            default:
                throw Values.Failed($"{Values.NameOf(value)} cannot be written");
        }
    }

    private void Many(char open, char close, int count, Action<int> item, int? indent)
    {
        if (++_depth > Deepest) throw Values.Failed("a value is nested too deep to be written");
        Add(open.ToString());
        for (var i = 0; i < count; i++)
        {
            if (i > 0) Add(indent is null ? ", " : ",");
            Line(indent);
            item(i);
        }
        _depth--;
        if (count > 0) Line(indent);
        if (count == 1 && open == '(') Add(",");
        Add(close.ToString());
    }

    private void Line(int? indent)
    {
        if (indent is { } width) Add("\n" + new string(' ', width * _depth));
    }

    private void Quote(string text, bool python, bool ascii)
    {
        var quote = python && (!text.Contains('\'', StringComparison.Ordinal) || text.Contains('"', StringComparison.Ordinal)) ? '\'' : '"';
        Add(quote.ToString());
        foreach (var rune in text.EnumerateRunes()) Add(Escaped(rune, quote, python, ascii));
        Add(quote.ToString());
    }

    private static string Escaped(Rune rune, char quote, bool python, bool ascii) => rune.Value switch
    {
        '\\' => "\\\\",
        '\n' => "\\n",
        '\r' => "\\r",
        '\t' => "\\t",
        '\b' when !python => "\\b",
        '\f' when !python => "\\f",
        _ when rune.Value == quote => $"\\{quote}",
        < 0x20 => python ? $"\\x{rune.Value:x2}" : $"\\u{rune.Value:x4}",
        0x7F when python => "\\x7f",
        > 0x7E when python && !Printable(rune) => rune.Value <= 0xFF ? $"\\x{rune.Value:x2}" : rune.IsBmp ? $"\\u{rune.Value:x4}" : $"\\U{rune.Value:x8}",
        > 0x7E when ascii => string.Concat(rune.ToString().Select(c => $"\\u{(int)c:x4}")),
        _ => rune.ToString(),
    };

    private static bool Printable(Rune rune) => Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate
        or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.SpaceSeparator);

    private void Add(string text)
    {
        budget.Pay(text.Length);
        _out.Append(text);
    }
}
