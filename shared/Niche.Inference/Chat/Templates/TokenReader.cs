using System.Globalization;
using System.Text;

namespace Niche.Inference.Chat.Templates;

/// <summary>Reads the words inside of a tag.</summary>
internal sealed class TokenReader(string source, int at, int line)
{
    private const string Signs = "+-*/%~|.,:()[]{}<>=!";
    private static readonly string[] Pairs = ["==", "!=", "<=", ">=", "//", "**"];
    private int _open;

    /// <summary>The next place in the source.</summary>
    public int At { get; private set; } = at;

    /// <summary>Its line.</summary>
    public int Line { get; private set; } = line;

    /// <summary>Skips white space; true where the tag ends. Inside of brackets nothing ends it.</summary>
    public bool AtEnd(char tag)
    {
        while (At < source.Length && PythonText.IsSpace(source[At]))
        {
            if (source[At] == '\n') Line++;
            At++;
        }
        if (At >= source.Length) throw Invalid("a tag that never ends");
        var end = tag == '{' ? "}}" : "%}";
        var place = source[At] is '-' or '+' && (tag == '%' || source[At] == '-') ? At + 1 : At;
        return _open == 0 && string.CompareOrdinal(source, place, end, 0, 2) == 0;
    }

    public Token Read()
    {
        var c = source[At];
        if (c is '\'' or '"') return Text(c);
        if (char.IsAsciiDigit(c)) return Number();
        if (char.IsAsciiLetter(c) || c == '_') return new Token(TokenKind.Name, While(x => char.IsAsciiLetterOrDigit(x) || x == '_'), Line);
        if (!Signs.Contains(c, StringComparison.Ordinal)) throw Invalid($"the character '{c}'");
        var sign = Pairs.FirstOrDefault(pair => string.CompareOrdinal(source, At, pair, 0, 2) == 0) ?? c.ToString();
        if (c is '(' or '[' or '{') _open++;
        if (c is ')' or ']' or '}' && --_open < 0) throw Invalid($"a '{c}' without its partner");
        At += sign.Length;
        return new Token(TokenKind.Sign, sign, Line);
    }

    private Token Number()
    {
        var whole = While(char.IsAsciiDigit);
        var fraction = "";
        if (Peek(0) == '.' && char.IsAsciiDigit(Peek(1)))
        {
            At++;
            fraction = $".{While(char.IsAsciiDigit)}";
        }
        if (Peek(0) is 'e' or 'E' && (char.IsAsciiDigit(Peek(1)) || (Peek(1) is '+' or '-' && char.IsAsciiDigit(Peek(2)))))
        {
            var mark = source[At..(At + 2)];
            At += 2;
            fraction += mark + While(char.IsAsciiDigit);
        }
        return fraction.Length == 0 ? new Token(TokenKind.Whole, whole, Line) : new Token(TokenKind.Real, whole + fraction, Line);
    }

    private Token Text(char quote)
    {
        var line = Line;
        var text = new StringBuilder();
        for (At++; At < source.Length; At++)
        {
            var c = source[At];
            if (c == quote)
            {
                At++;
                return new Token(TokenKind.Text, text.ToString(), line);
            }
            if (c == '\n') Line++;
            if (c == '\\' && At + 1 < source.Length) Escape(text);
            else text.Append(c);
        }
        throw Invalid("a text that never ends");
    }

    // As Python reads them; an unknown one stays as it is.
    private void Escape(StringBuilder text)
    {
        var c = source[++At];
        var digits = c switch { 'x' => 2, 'u' => 4, 'U' => 8, _ => 0 };
        if (digits > 0)
        {
            if (At + digits >= source.Length || !int.TryParse(source.AsSpan(At + 1, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code)
                || !Rune.IsValid(code)) throw Invalid($"the escape '\\{c}'");
            text.Append(new Rune(code).ToString());
            At += digits;
            return;
        }
        if (char.IsAsciiDigit(c)) throw Invalid($"the escape '\\{c}'");
        text.Append(c switch
        {
            'n' => "\n", 't' => "\t", 'r' => "\r", 'b' => "\b", 'f' => "\f", 'v' => "\v", 'a' => "\a", '\\' => "\\", '\'' => "'", '"' => "\"", '\n' => "",
            _ => $"\\{c}",
        });
    }

    private char Peek(int ahead) => At + ahead < source.Length ? source[At + ahead] : '\0';

    private string While(Func<char, bool> accept)
    {
        var begin = At;
        while (At < source.Length && accept(source[At])) At++;
        return source[begin..At];
    }

    private ChatTemplateException Invalid(string what) => new("template_invalid", $"Line {Line} of the chat template: {what}.");
}
