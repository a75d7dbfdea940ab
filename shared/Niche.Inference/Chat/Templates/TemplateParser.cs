namespace Niche.Inference.Chat.Templates;

/// <summary>Reads statements. What is not offered is refused here, by name, before anything runs.</summary>
internal sealed class TemplateParser(IReadOnlyList<Segment> segments)
{
    private const int Deepest = 50;
    // Before anything else: a macro may call one that is written behind it.
    private readonly HashSet<string> _macros =
        [.. segments.Where(segment => segment is { Tag: '%', Tokens: [{ Value: "macro" }, { Kind: TokenKind.Name }, ..] }).Select(segment => segment.Tokens[1].Value)];
    private int _at;
    private int _depth;
    private int _loops;

    /// <summary>The whole template.</summary>
    public Statement Read()
    {
        var (body, end) = ReadUntil();
        return end is null ? body : throw end.Value.Cursor.Invalid($"'{end.Value.Name}' without a beginning");
    }

    // Statements up to one of the names, with what follows that name.
    private (Statement Body, (string Name, TokenCursor Cursor)? End) ReadUntil(params ReadOnlySpan<string> names)
    {
        var body = new List<Statement>();
        while (_at < segments.Count)
        {
            var segment = segments[_at++];
            if (segment.Tag == ' ')
            {
                body.Add(new TextStatement(segment.Text));
                continue;
            }
            var words = new TokenCursor(segment.Tokens);
            if (segment.Tag == '{')
            {
                body.Add(new PrintStatement(new ExpressionParser(words, _macros).ReadMany()));
                words.End();
                continue;
            }
            var name = words.NeedName();
            if (names.Contains(name) || name.StartsWith("end", StringComparison.Ordinal) || name is "else" or "elif") return (new BlockStatement(body), (name, words));
            if (++_depth > Deepest) throw words.Invalid("statements that are nested too deep");
            body.Add(ReadStatement(name, words));
            _depth--;
        }
        return (new BlockStatement(body), null);
    }

    private Statement ReadStatement(string name, TokenCursor words)
    {
        switch (name)
        {
            case "if": return ReadIf(words);
            case "for": return ReadFor(words);
            case "set": return ReadSet(words);
            case "break" or "continue" when _loops > 0:
                words.End();
                return new JumpStatement(name == "break" ? Flow.Break : Flow.Continue);
            case "macro": return ReadMacro(words);
            case "generation":
                // Marks what a model is trained on; nothing to do when it answers.
                words.End();
                return ReadBody("endgeneration", words);
            default: throw words.Unsupported($"the statement '{name}'");
        }
    }

    private IfStatement ReadIf(TokenCursor words)
    {
        var branches = new List<(Expression, Statement)>();
        var condition = Whole(words);
        while (true)
        {
            var (body, end) = ReadUntil("elif", "else", "endif");
            branches.Add((condition, body));
            switch (end?.Name)
            {
                case "elif":
                    condition = Whole(end.Value.Cursor);
                    break;
                case "else":
                    end.Value.Cursor.End();
                    return new IfStatement(branches, ReadBody("endif", words));
                case "endif":
                    end.Value.Cursor.End();
                    return new IfStatement(branches, null);
                default:
                    throw words.Invalid("an 'if' without its 'endif'");
            }
        }
    }

    private ForStatement ReadFor(TokenCursor words)
    {
        var names = ReadNames(words);
        if (!words.TakeName("in")) throw words.Invalid("a 'for' without its 'in'");
        var expressions = new ExpressionParser(words, _macros);
        var over = expressions.ReadWithoutChoice();
        var filter = words.TakeName("if") ? expressions.Read() : null;
        if (words.IsName("recursive")) throw words.Unsupported("a recursive 'for'");
        words.End();
        _loops++;
        var (body, end) = ReadUntil("else", "endfor");
        _loops--;
        var otherwise = end?.Name == "else" ? ReadBody("endfor", words) : null;
        return end?.Name is "else" or "endfor" ? new ForStatement(names, over, filter, body, otherwise) : throw words.Invalid("a 'for' without its 'endfor'");
    }

    private Statement ReadSet(TokenCursor words)
    {
        var names = ReadNames(words);
        var attribute = names.Count == 1 && words.TakeSign(".") ? words.NeedName() : null;
        if (words.TakeSign("="))
        {
            var value = new ExpressionParser(words, _macros).ReadMany();
            words.End();
            return new SetStatement(names, attribute, value);
        }
        if (names.Count > 1 || attribute is not null) throw words.Invalid("a 'set' without its '='");
        if (words.IsSign("|")) throw words.Unsupported("a 'set' block with a filter");
        words.End();
        return new SetBlockStatement(names[0], WithoutLoop("endset", words));
    }

    private MacroStatement ReadMacro(TokenCursor words)
    {
        var name = words.NeedName();
        var parameters = new List<(string, Expression?)>();
        words.Need("(");
        while (!words.TakeSign(")"))
        {
            var parameter = words.NeedName();
            parameters.Add((parameter, words.TakeSign("=") ? new ExpressionParser(words, _macros).Read() : null));
            if (!words.IsSign(")")) words.Need(",");
        }
        words.End();
        return new MacroStatement(name, parameters, WithoutLoop("endmacro", words));
    }

    // A jump out of what is written elsewhere would leave its text behind.
    private Statement WithoutLoop(string endName, TokenCursor words)
    {
        var loops = _loops;
        _loops = 0;
        var body = ReadBody(endName, words);
        _loops = loops;
        return body;
    }

    private Statement ReadBody(string endName, TokenCursor words)
    {
        var (body, end) = ReadUntil(endName);
        if (end?.Name != endName) throw words.Invalid($"'{endName}' is missing");
        end.Value.Cursor.End();
        return body;
    }

    private static List<string> ReadNames(TokenCursor words)
    {
        var bracket = words.TakeSign("(");
        var names = new List<string> { words.NeedName() };
        while (words.TakeSign(",")) names.Add(words.NeedName());
        if (bracket) words.Need(")");
        return names;
    }

    private Expression Whole(TokenCursor words)
    {
        var expression = new ExpressionParser(words, _macros).ReadMany();
        words.End();
        return expression;
    }
}
