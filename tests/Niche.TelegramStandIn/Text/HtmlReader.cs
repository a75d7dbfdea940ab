using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace Niche.TelegramStandIn.Text;

/// <summary>
/// Reads the HTML of the Bot API: a short list of tags, four named entities, everything closed in order. Whatever else begins with &lt; is refused, as
/// the real server refuses it.
/// </summary>
public sealed class HtmlReader
{
    private static readonly Dictionary<string, string> Tags = new(StringComparer.Ordinal)
    {
        ["b"] = "bold", ["strong"] = "bold", ["i"] = "italic", ["em"] = "italic", ["u"] = "underline", ["ins"] = "underline", ["s"] = "strikethrough",
        ["strike"] = "strikethrough", ["del"] = "strikethrough", ["tg-spoiler"] = "spoiler", ["span"] = "spoiler", ["a"] = "text_link", ["code"] = "code", ["pre"] = "pre",
        ["blockquote"] = "blockquote",
    };

    private static readonly Dictionary<string, string> Named = new(StringComparer.Ordinal) { ["lt"] = "<", ["gt"] = ">", ["amp"] = "&", ["quot"] = "\"" };

    private readonly string _html;
    private readonly StringBuilder _plain = new();
    private readonly Stack<(string Tag, int Offset, string? Address)> _open = new();
    private readonly List<JsonObject> _entities = [];
    private int _at;

    private HtmlReader(string html) => _html = html;

    /// <summary>Reads a text.</summary>
    /// <exception cref="EntityException">It is not what the Bot API takes.</exception>
    public static FormattedText Read(string html) => new HtmlReader(html).Run();

    private FormattedText Run()
    {
        while (_at < _html.Length)
        {
            char c = _html[_at];
            if (c == '<') ReadTag();
            else if (c == '&') ReadEntity();
            else
            {
                _plain.Append(c);
                _at++;
            }
        }

        if (_open.TryPeek(out var left)) throw new EntityException($"can't parse entities: Can't find end tag corresponding to start tag \"{left.Tag}\"");
        return new FormattedText(_plain.ToString(), [.. _entities.OrderBy(entity => (int)entity["offset"]!).ThenByDescending(entity => (int)entity["length"]!)]);
    }

    private void ReadTag()
    {
        int start = _at, end = _html.IndexOf('>', _at);
        if (end < 0) throw new EntityException($"can't parse entities: Unclosed start tag at byte offset {Bytes(start)}");
        string inside = _html[(start + 1)..end];
        _at = end + 1;
        if (inside.StartsWith('/'))
        {
            Close(inside[1..].Trim(), start);
            return;
        }

        string tag = inside.Split(' ', 2)[0];
        if (!Tags.ContainsKey(tag)) throw new EntityException($"can't parse entities: Unsupported start tag \"{tag}\" at byte offset {Bytes(start)}");
        string attributes = inside[tag.Length..].Trim();
        if (tag == "span" && attributes != "class=\"tg-spoiler\"") throw new EntityException($"can't parse entities: Tag \"span\" must have class \"tg-spoiler\" at byte offset {Bytes(start)}");
        if (tag is not ("a" or "span" or "code" or "blockquote") && attributes.Length > 0) throw new EntityException($"can't parse entities: Unexpected attribute of \"{tag}\" at byte offset {Bytes(start)}");
        _open.Push((tag, _plain.Length, Address(attributes)));
    }

    private void Close(string tag, int at)
    {
        if (!_open.TryPop(out var open)) throw new EntityException($"can't parse entities: Unexpected end tag at byte offset {Bytes(at)}");
        if (open.Tag != tag) throw new EntityException($"can't parse entities: Unmatched end tag at byte offset {Bytes(at)}, expected \"</{open.Tag}>\", found \"</{tag}>\"");
        if (_plain.Length == open.Offset) return;
        JsonObject entity = new() { ["type"] = Tags[tag], ["offset"] = open.Offset, ["length"] = _plain.Length - open.Offset };
        if (tag == "a")
        {
            if (open.Address is null) return;
            entity["url"] = open.Address;
        }

        _entities.Add(entity);
    }

    private void ReadEntity()
    {
        int end = _html.IndexOf(';', _at);
        string? name = end < 0 || end - _at > 10 ? null : _html[(_at + 1)..end];
        string? text = name is null ? null : Named.GetValueOrDefault(name) ?? Numeric(name);
        _plain.Append(text ?? "&");
        _at = text is null ? _at + 1 : end + 1;
    }

    private static string? Numeric(string name)
    {
        if (!name.StartsWith('#')) return null;
        bool hex = name.StartsWith("#x", StringComparison.OrdinalIgnoreCase);
        bool read = int.TryParse(name[(hex ? 2 : 1)..], hex ? NumberStyles.AllowHexSpecifier : NumberStyles.None, CultureInfo.InvariantCulture, out int code);
        return read && Rune.IsValid(code) ? new Rune(code).ToString() : null;
    }

    private static string? Address(string attributes)
    {
        const string Name = "href=\"";
        if (!attributes.StartsWith(Name, StringComparison.Ordinal) || !attributes.EndsWith('"')) return null;
        return Read(attributes[Name.Length..^1]).Plain;
    }

    private int Bytes(int at) => Encoding.UTF8.GetByteCount(_html.AsSpan(0, at));
}
