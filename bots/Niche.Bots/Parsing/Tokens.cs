namespace Niche.Bots.Parsing;

/// <summary>Words of a command line.</summary>
internal static class Tokens
{
    private const char EmDash = '—', EnDash = '–', Minus = '−';

    /// <summary>Splits at white space; what stands in quotation marks stays together, an open mark closes at the end.</summary>
    public static List<string> Split(string text)
    {
        List<string> tokens = [];
        int start = -1;
        char quote = '\0';
        for (int i = 0; i <= text.Length; i++)
        {
            bool end = i == text.Length || (quote == '\0' && char.IsWhiteSpace(text[i]));
            if (end)
            {
                if (start >= 0) tokens.Add(text[start..i]);
                start = -1;
                continue;
            }

            char c = text[i];
            bool opens = quote == '\0' && Closing(c) != '\0' && (start < 0 || text[i - 1] == '=');
            if (start < 0) start = i;
            if (opens) quote = Closing(c);
            else if (c == quote) quote = '\0';
        }

        return tokens;
    }

    /// <summary>The name behind the dashes, with what is glued to it by an equals sign; null when the token is no option.</summary>
    public static string? OptionName(string token)
    {
        int dashes = token switch
        {
            ['-', '-', ..] => 2,
            [EmDash or EnDash, ..] => 1,
            [Minus, Minus, ..] => 2,
            // One dash is an option only with one letter behind it; words may begin with one.
            ['-', _] => 1,
            _ => 0,
        };
        return dashes > 0 && token.Length > dashes && char.IsLetter(token[dashes]) ? token[dashes..] : null;
    }

    /// <summary>Splits <c>name=value</c>.</summary>
    public static (string Name, string? Value) SplitValue(string option) =>
        option.IndexOf('=', StringComparison.Ordinal) is > 0 and int at ? (option[..at], option[(at + 1)..]) : (option, null);

    /// <summary>Takes quotation marks off.</summary>
    public static string Unquote(string token) =>
        token.Length >= 2 && Closing(token[0]) is var close && close != '\0' && token[^1] == close ? token[1..^1]
        : token.Length >= 1 && Closing(token[0]) != '\0' && !token[1..].Contains(Closing(token[0]), StringComparison.Ordinal) ? token[1..]
        : token;

    private static char Closing(char open) => open switch { '"' => '"', '“' => '”', '„' => '“', '«' => '»', '「' => '」', _ => '\0' };
}
