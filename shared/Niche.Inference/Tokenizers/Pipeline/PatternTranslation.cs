using System.Text;

namespace Niche.Inference.Tokenizers.Pipeline;

/// <summary>
/// Rewrites an expression for .NET: only constructs that mean the same in both dialects pass, possessive quantifiers become atomic groups.
/// </summary>
internal sealed class PatternTranslation
{
    private static readonly string[] Groups = ["(?:", "(?i:", "(?=", "(?!", "(?<=", "(?<!", "(?>"];
    private readonly string _pattern;
    private readonly StringBuilder _out = new();
    private readonly Stack<int> _open = new();
    private int _at;
    private int _atom;

    public PatternTranslation(string pattern)
    {
        _pattern = pattern;
        while (_at < pattern.Length) Next();
    }

    public override string ToString() => _out.ToString();

    private void Next()
    {
        switch (_pattern[_at])
        {
            case '(':
                OpenGroup();
                break;
            case ')':
                if (!_open.TryPop(out _atom)) throw new FormatException("a bracket that was never opened");
                Copy(1);
                break;
            case '[':
                _atom = _out.Length;
                CopyClass();
                break;
            case '\\':
                _atom = _out.Length;
                CopyEscape();
                break;
            case '?' or '*' or '+':
                CopyQuantifier();
                break;
            case '^' or '$':
                throw new FormatException($"'{_pattern[_at]}' in a pattern");
            default:
                if (_pattern[_at] is not ('|' or '{' or '}' or ',')) CheckLiteral(_pattern[_at]);
                if (_pattern[_at] is not ('{' or '}') && !InCount()) _atom = _out.Length;
                Copy(1);
                break;
        }
    }

    private void OpenGroup()
    {
        _open.Push(_out.Length);
        if (_at + 1 >= _pattern.Length || _pattern[_at + 1] != '?')
        {
            // Whether a group captures makes no difference to where a text is split.
            _out.Append("(?:");
            _at++;
            return;
        }
        var group = Groups.FirstOrDefault(known => string.CompareOrdinal(_pattern, _at, known, 0, known.Length) == 0)
            ?? throw new FormatException($"the group '{_pattern[_at..Math.Min(_pattern.Length, _at + 4)]}'");
        Copy(group.Length);
    }

    private void CopyQuantifier()
    {
        Copy(1);
        if (_at >= _pattern.Length || _pattern[_at] is not ('+' or '?')) return;
        if (_pattern[_at] == '?')
        {
            Copy(1);
            return;
        }
        _at++;
        _out.Insert(_atom, "(?>").Append(')');
    }

    private void CopyClass()
    {
        Copy(1);
        if (_at < _pattern.Length && _pattern[_at] == '^') Copy(1);
        for (var first = true; _at < _pattern.Length; first = false)
        {
            var c = _pattern[_at];
            if (c == ']' && !first)
            {
                Copy(1);
                return;
            }
            if (c is '[' or ']' || (c == '&' && Peek(1) == '&') || (c == '-' && Peek(1) == '[')) throw new FormatException($"'{c}' inside of a class");
            if (c == '\\')
            {
                CopyEscape();
                continue;
            }
            CheckLiteral(c);
            if (Peek(1) == '-' && Peek(2) is not (']' or '\0' or '\\') && CategoryLetters.ByCategory.Any(letter => letter >= c && letter <= Peek(2)))
            {
                // It would tell the stand-in from the characters that it stands for.
                throw new FormatException($"the range '{_pattern.AsSpan(_at, 3)}'");
            }
            Copy(1);
        }
        throw new FormatException("a class that never ends");
    }

    private void CopyEscape()
    {
        var c = Peek(1);
        if (c is 'p' or 'P')
        {
            var end = _pattern.IndexOf('}', _at);
            if (Peek(2) != '{' || end < 0 || end - _at is < 4 or > 5) throw new FormatException("a property other than a general category");
            Copy(end + 1 - _at);
            return;
        }
        if (c is not ('s' or 'S' or 'd' or 'D' or 'r' or 'n' or 't') && (char.IsAsciiLetterOrDigit(c) || c is '\0' || c >= 0x80)) throw new FormatException($"the escape '\\{c}'");
        Copy(2);
    }

    // "{1,3}" belongs to the atom before it.
    private bool InCount() => _pattern.LastIndexOf('{', _at) > _pattern.LastIndexOf('}', _at);

    private static void CheckLiteral(char c)
    {
        if (char.IsSurrogate(c)) throw new FormatException("a character beyond U+FFFF in a pattern");
    }

    private char Peek(int ahead) => _at + ahead < _pattern.Length ? _pattern[_at + ahead] : '\0';

    private void Copy(int count)
    {
        _out.Append(_pattern, _at, count);
        _at += count;
    }
}
