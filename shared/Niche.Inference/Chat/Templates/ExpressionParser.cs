using System.Globalization;

namespace Niche.Inference.Chat.Templates;

/// <summary>Reads expressions, with Jinja's precedence. What is not offered is refused here, by name, before anything runs.</summary>
internal sealed class ExpressionParser(TokenCursor words, IReadOnlySet<string> macros)
{
    private const int Deepest = 100;
    private const int MostOperators = 500;
    private static readonly string[] Comparisons = ["==", "!=", "<", "<=", ">", ">="];
    private static readonly string[] NoArgument = ["and", "or", "else", "if", "is", "in", "not"];
    private int _depth;
    private int _operators;

    /// <summary>An expression, or several with commas between them: a list.</summary>
    public Expression ReadMany()
    {
        var first = Read();
        if (!words.IsSign(",")) return first;
        var items = new List<Expression> { first };
        while (words.TakeSign(",") && words.Now.Kind != TokenKind.End) items.Add(Read());
        return new ListExpression(items, tuple: true);
    }

    /// <summary>An expression with its choices.</summary>
    public Expression Read() => Deeper(() =>
    {
        var then = ReadWithoutChoice();
        if (!words.TakeName("if")) return then;
        var condition = ReadWithoutChoice();
        return new Choice(condition, then, words.TakeName("else") ? Read() : null);
    });

    /// <summary>An expression that an <c>if</c> behind it does not belong to.</summary>
    public Expression ReadWithoutChoice()
    {
        var left = ReadAnd();
        while (words.TakeName("or")) left = Chained(new Either(left, ReadAnd()));
        return left;
    }

    private Expression ReadAnd()
    {
        var left = ReadNot();
        while (words.TakeName("and")) left = Chained(new Both(left, ReadNot()));
        return left;
    }

    private Expression ReadNot() => words.IsName("not") && !(words.Ahead is { Kind: TokenKind.Name, Value: "in" })
        ? Deeper(() =>
        {
            words.Take();
            return new Not(ReadNot());
        })
        : ReadComparison();

    private Expression ReadComparison()
    {
        var first = ReadSum();
        var rest = new List<(string, Expression)>();
        while (true)
        {
            if (words.Now.Kind == TokenKind.Sign && Comparisons.Contains(words.Now.Value)) rest.Add((words.Take().Value, ReadSum()));
            else if (words.TakeName("in")) rest.Add(("in", ReadSum()));
            else if (words.IsName("not") && words.Ahead is { Kind: TokenKind.Name, Value: "in" })
            {
                words.Take();
                words.Take();
                rest.Add(("not in", ReadSum()));
            }
            else return rest.Count == 0 ? first : new Comparison(first, rest);
        }
    }

    private Expression ReadSum()
    {
        var left = ReadJoined();
        while (words.IsSign("+") || words.IsSign("-")) left = Chained(new Arithmetic(words.Take().Value, left, ReadJoined()));
        return left;
    }

    private Expression ReadJoined()
    {
        var left = ReadProduct();
        while (words.TakeSign("~")) left = Chained(new Joined(left, ReadProduct()));
        return left;
    }

    private Expression ReadProduct()
    {
        var left = ReadSigned();
        while (words.IsSign("*") || words.IsSign("/") || words.IsSign("//") || words.IsSign("%")) left = Chained(new Arithmetic(words.Take().Value, left, ReadSigned()));
        return words.IsSign("**") ? throw words.Unsupported("'**'") : left;
    }

    private Expression ReadSigned() => Deeper(() => ReadFilters(ReadUnfiltered()));

    private Expression ReadUnfiltered() => Deeper(() =>
    {
        if (words.TakeSign("-")) return new Negative(ReadUnfiltered());
        if (words.TakeSign("+")) return ReadUnfiltered();
        return ReadPostfix(ReadPrimary());
    });

    private Expression ReadFilters(Expression target)
    {
        while (true)
        {
            if (words.TakeSign("|"))
            {
                var name = words.NeedName();
                if (!Filters.Names.Contains(name)) throw words.Unsupported($"the filter '{name}'");
                target = Chained(new FilterCall(target, name, words.IsSign("(") ? ReadArguments() : ArgumentList.None));
            }
            else if (words.TakeName("is")) target = Chained(ReadTest(target));
            else return target;
        }
    }

    private Expression ReadTest(Expression target)
    {
        var negated = words.TakeName("not");
        var name = words.Now.Kind == TokenKind.Sign && words.Now.Value is "==" or "!=" ? words.Take().Value : words.NeedName();
        if (!Tests.Names.Contains(name)) throw words.Unsupported($"the test '{name}'");
        var arguments = words.IsSign("(") ? ReadArguments()
            : words.Now.Kind is TokenKind.Text or TokenKind.Whole or TokenKind.Real || words.IsSign("[") || words.IsSign("{")
              || (words.Now.Kind == TokenKind.Name && !NoArgument.Contains(words.Now.Value))
                ? new ArgumentList([ReadPostfix(ReadPrimary())], [])
                : ArgumentList.None;
        Expression test = new TestCall(target, name, arguments);
        return negated ? new Not(test) : test;
    }

    private Expression ReadPostfix(Expression target)
    {
        while (true)
        {
            Chained(target);
            if (words.TakeSign("."))
            {
                if (words.Now.Kind == TokenKind.Whole)
                {
                    target = new Element(target, ReadPrimary());
                    continue;
                }
                var name = words.NeedName();
                if (!words.IsSign("(")) target = new Attribute(target, name);
                else target = Methods.Known(name) ? new MethodCall(target, name, ReadArguments()) : throw words.Unsupported($"the method '{name}'");
            }
            else if (words.TakeSign("[")) target = ReadElement(target);
            else if (words.IsSign("(") && target is NameExpression function)
                target = macros.Contains(function.Name) ? new MacroCall(function.Name, ReadArguments())
                    : Functions.Names.Contains(function.Name) ? new FunctionCall(function.Name, ReadArguments()) : throw words.Unsupported($"the function '{function.Name}'");
            else return words.IsSign("(") ? throw words.Unsupported("calling what is no name") : target;
        }
    }

    private Expression ReadElement(Expression target)
    {
        Expression? first = words.IsSign(":") ? null : Read();
        if (words.TakeSign("]")) return new Element(target, first!);
        words.Need(":");
        Expression? second = words.IsSign(":") || words.IsSign("]") ? null : Read();
        Expression? third = words.TakeSign(":") && !words.IsSign("]") ? Read() : null;
        words.Need("]");
        return new Slice(target, first, second, third);
    }

    private ArgumentList ReadArguments()
    {
        words.Need("(");
        var (placed, named) = (new List<Expression>(), new List<(string, Expression)>());
        while (!words.TakeSign(")"))
        {
            if (words.IsSign("*") || words.IsSign("**")) throw words.Unsupported("spreading arguments");
            if (words.Now.Kind == TokenKind.Name && words.Ahead is { Kind: TokenKind.Sign, Value: "=" })
            {
                var name = words.Take().Value;
                words.Take();
                if (named.Any(other => other.Item1 == name)) throw words.Invalid($"the argument '{name}' comes twice");
                named.Add((name, Read()));
            }
            else placed.Add(named.Count == 0 ? Read() : throw words.Invalid("an argument without a name behind one with a name"));
            if (!words.IsSign(")")) words.Need(",");
        }
        return new ArgumentList(placed, named);
    }

    private Expression ReadPrimary()
    {
        var word = words.Take();
        switch (word.Kind)
        {
            case TokenKind.Text:
                var text = word.Value;
                while (words.Now.Kind == TokenKind.Text) text += words.Take().Value;
                return new Constant(text);
            case TokenKind.Whole:
                return long.TryParse(word.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var whole) ? new Constant(whole) : throw words.Invalid("a number that is too large");
            case TokenKind.Real:
                return new Constant(double.Parse(word.Value, CultureInfo.InvariantCulture));
            case TokenKind.Name:
                return word.Value switch
                {
                    "true" or "True" => new Constant(true),
                    "false" or "False" => new Constant(false),
                    "none" or "None" => new Constant(null),
                    _ => new NameExpression(word.Value),
                };
            case TokenKind.Sign when word.Value == "(":
                return ReadBracket();
            case TokenKind.Sign when word.Value == "[":
                return new ListExpression(ReadList("]"));
            case TokenKind.Sign when word.Value == "{":
                return ReadMap();
            default:
                throw words.Invalid($"'{word.Value}' where a value must stand");
        }
    }

    private Expression ReadBracket()
    {
        if (words.TakeSign(")")) return new ListExpression([], tuple: true);
        var first = Read();
        if (words.TakeSign(")")) return first;
        words.Need(",");
        return new ListExpression([first, .. ReadList(")")], tuple: true);
    }

    private List<Expression> ReadList(string end)
    {
        var items = new List<Expression>();
        while (!words.TakeSign(end))
        {
            items.Add(Read());
            if (!words.IsSign(end)) words.Need(",");
        }
        return items;
    }

    private MapExpression ReadMap()
    {
        var pairs = new List<(Expression, Expression)>();
        while (!words.TakeSign("}"))
        {
            var key = Read();
            words.Need(":");
            pairs.Add((key, Read()));
            if (!words.IsSign("}")) words.Need(",");
        }
        return new MapExpression(pairs);
    }

    // A row of operators is a deep tree; the stack that evaluates it is not.
    private Expression Chained(Expression expression) =>
        ++_operators <= MostOperators ? expression : throw words.Invalid($"an expression of more than {MostOperators} parts");

    private Expression Deeper(Func<Expression> read)
    {
        if (++_depth > Deepest) throw words.Invalid("an expression that is nested too deep");
        var expression = read();
        _depth--;
        return expression;
    }
}
