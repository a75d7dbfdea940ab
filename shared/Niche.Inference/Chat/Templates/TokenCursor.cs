namespace Niche.Inference.Chat.Templates;

/// <summary>The words of one tag, read from left to right.</summary>
internal sealed class TokenCursor(IReadOnlyList<Token> tokens)
{
    private int _at;

    public Token Now => tokens[_at];

    public Token Ahead => tokens[Math.Min(_at + 1, tokens.Count - 1)];

    public Token Take()
    {
        var token = tokens[_at];
        if (token.Kind != TokenKind.End) _at++;
        return token;
    }

    public bool IsSign(string sign) => Now is { Kind: TokenKind.Sign } && Now.Value == sign;

    public bool IsName(string name) => Now is { Kind: TokenKind.Name } && Now.Value == name;

    public bool TakeSign(string sign)
    {
        if (!IsSign(sign)) return false;
        _at++;
        return true;
    }

    public bool TakeName(string name)
    {
        if (!IsName(name)) return false;
        _at++;
        return true;
    }

    public void Need(string sign)
    {
        if (!TakeSign(sign)) throw Invalid($"'{sign}' is missing before '{Now.Value}'");
    }

    public string NeedName() => Now.Kind == TokenKind.Name ? Take().Value : throw Invalid($"a name is missing before '{Now.Value}'");

    public void End()
    {
        if (Now.Kind != TokenKind.End) throw Invalid($"'{Now.Value}' is one word too many");
    }

    public ChatTemplateException Invalid(string what) => new("template_invalid", $"Line {Now.Line} of the chat template: {what}.");

    public ChatTemplateException Unsupported(string what) => new("template_unsupported", $"Line {Now.Line} of the chat template: {what} is not supported.");
}
