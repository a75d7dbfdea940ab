namespace Niche.Inference.Chat.Templates;

/// <summary>
/// Cuts a template into text and tags, with white space as chat templates expect it: a line that holds only a statement leaves nothing behind
/// (<c>trim_blocks</c>, <c>lstrip_blocks</c>), a minus takes all white space on its side.
/// </summary>
internal sealed class TemplateLexer
{
    private readonly string _source;
    private readonly List<Segment> _segments = [];
    private int _at;
    private int _line = 1;
    private bool _lineStarts = true;

    private TemplateLexer(string source) => _source = source;

    public static IReadOnlyList<Segment> Read(string source)
    {
        var unified = source.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n');
        if (unified.EndsWith('\n')) unified = unified[..^1];
        var lexer = new TemplateLexer(unified);
        while (lexer._at < unified.Length) lexer.Next();
        return lexer._segments;
    }

    private void Next()
    {
        var begin = _at;
        while (begin < _source.Length && !(_source[begin] == '{' && begin + 1 < _source.Length && _source[begin + 1] is '{' or '%' or '#')) begin++;
        var text = _source[_at..begin];
        if (begin == _source.Length)
        {
            AddText(text);
            _at = begin;
            return;
        }
        var (tag, mark) = (_source[begin + 1], begin + 2 < _source.Length ? _source[begin + 2] : ' ');
        AddText(mark == '-' ? PythonText.TrimEnd(text) : mark != '+' && tag != '{' ? WithoutIndent(text) : text);
        Advance(begin + (mark is '-' or '+' ? 3 : 2), text);
        var line = _line;
        if (tag == '#')
        {
            SkipComment(line);
            return;
        }
        var tokens = new List<Token>();
        var words = new TokenReader(_source, _at, line);
        while (!words.AtEnd(tag)) tokens.Add(words.Read());
        Advance(words.At, "");
        _line = words.Line;
        tokens.Add(new Token(TokenKind.End, "end of the tag", _line));
        _segments.Add(new Segment(tag, "", tokens, line));
        SkipEnd(tag == '{' ? '}' : '%');
    }

    private void SkipComment(int line)
    {
        var end = _source.IndexOf("#}", _at, StringComparison.Ordinal);
        if (end < 0) throw new ChatTemplateException("template_invalid", $"Line {line} of the chat template: a comment that never ends.");
        _line += _source.AsSpan(_at, end - _at).Count('\n');
        // The sign before the end belongs to it.
        _at = end > _at && _source[end - 1] is '-' or '+' ? end - 1 : end;
        SkipEnd('#');
    }

    private void SkipEnd(char tag)
    {
        var sign = _source[_at];
        _at += sign is '-' or '+' ? 3 : 2;
        var begin = _at;
        if (sign == '-') while (_at < _source.Length && PythonText.IsSpace(_source[_at])) _at++;
        else if (sign != '+' && tag != '}' && _at < _source.Length && _source[_at] == '\n') _at++;
        _line += _source.AsSpan(begin, _at - begin).Count('\n');
        _lineStarts = _source[_at - 1] == '\n';
    }

    private string WithoutIndent(string text)
    {
        var start = text.LastIndexOf('\n') + 1;
        return (start > 0 || _lineStarts) && text.AsSpan(start).IndexOfAnyExcept(" \t\f\v") < 0 ? text[..start] : text;
    }

    private void AddText(string text)
    {
        if (text.Length > 0) _segments.Add(new Segment(' ', text, [], _line));
    }

    private void Advance(int to, string passed)
    {
        _line += passed.AsSpan().Count('\n');
        _at = to;
    }
}
