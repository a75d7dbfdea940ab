namespace Niche.Inference.Chat.Templates;

internal sealed class Choice(Expression condition, Expression then, Expression? otherwise) : Expression
{
    protected override object? Evaluate(Rendering run) =>
        Values.Truth(condition.Value(run)) ? then.Value(run) : otherwise is null ? new Undefined("the other choice") : otherwise.Value(run);
}

internal sealed class Both(Expression left, Expression right) : Expression
{
    protected override object? Evaluate(Rendering run) => left.Value(run) is var value && Values.Truth(value) ? right.Value(run) : value;
}

internal sealed class Either(Expression left, Expression right) : Expression
{
    protected override object? Evaluate(Rendering run) => left.Value(run) is var value && Values.Truth(value) ? value : right.Value(run);
}

internal sealed class Not(Expression inner) : Expression
{
    protected override object? Evaluate(Rendering run) => !Values.Truth(inner.Value(run));
}

internal sealed class Negative(Expression inner) : Expression
{
    protected override object? Evaluate(Rendering run) => inner.Value(run) switch
    {
        double d => (object)-d,
        var other => checked(-Values.Whole(other)),
    };
}

/// <summary><c>a &lt; b == c</c>: every neighbour is compared, as in Python.</summary>
internal sealed class Comparison(Expression first, IReadOnlyList<(string Sign, Expression Operand)> rest) : Expression
{
    protected override object? Evaluate(Rendering run)
    {
        var left = first.Value(run);
        foreach (var (sign, operand) in rest)
        {
            var right = operand.Value(run);
            if (!Holds(sign, left, right, run.Budget)) return false;
            left = right;
        }
        return true;
    }

    private static bool Holds(string sign, object? left, object? right, Budget budget) => sign switch
    {
        "==" => Values.Equal(left, right, budget),
        "!=" => !Values.Equal(left, right, budget),
        "in" => Contains(left, right, budget),
        "not in" => !Contains(left, right, budget),
        "<" => Values.Compare(left, right, budget) < 0,
        "<=" => Values.Compare(left, right, budget) <= 0,
        ">" => Values.Compare(left, right, budget) > 0,
        _ => Values.Compare(left, right, budget) >= 0,
    };

    public static bool Contains(object? item, object? whole, Budget budget)
    {
        switch (whole)
        {
            case string text:
                if (item is not string part) throw Values.Failed($"{Values.NameOf(item)} cannot be in a text");
                budget.PaySearch(text, part);
                return text.Contains(part, StringComparison.Ordinal);
            case List<object?> list:
                return list.Any(other => Values.Equal(item, other, budget));
            case OrderedDictionary<string, object?> map:
                return item is string key && map.ContainsKey(key);
            case Undefined:
                return false;
            default:
                throw Values.Failed($"{Values.NameOf(whole)} holds nothing");
        }
    }
}

internal sealed class Joined(Expression left, Expression right) : Expression
{
    protected override object? Evaluate(Rendering run)
    {
        var (a, b) = (Values.Text(left.Value(run), run.Budget), Values.Text(right.Value(run), run.Budget));
        run.Budget.Pay(a.Length + b.Length);
        return a + b;
    }
}

internal sealed class Arithmetic(string sign, Expression left, Expression right) : Expression
{
    protected override object? Evaluate(Rendering run)
    {
        var (a, b) = (left.Value(run), right.Value(run));
        try
        {
            return (sign, a, b) switch
            {
                ("+", string x, string y) => Added(x, y, run.Budget),
                ("+", List<object?> x, List<object?> y) => Added(x, y, run.Budget),
                ("*", string x, long n) => Repeated(x, n, run.Budget),
                ("*", long n, string x) => Repeated(x, n, run.Budget),
                ("/", _, _) => Values.Number(a) / NotZero(Values.Number(b)),
                _ when a is double || b is double => Real(Values.Number(a), Values.Number(b)),
                _ => Whole(Values.Whole(a), Values.Whole(b)),
            };
        }
        catch (OverflowException)
        {
            throw Values.Failed("a number is too large");
        }
    }

    private static string Added(string x, string y, Budget budget)
    {
        budget.Pay(x.Length + y.Length);
        return x + y;
    }

    private static List<object?> Added(List<object?> x, List<object?> y, Budget budget)
    {
        budget.Pay(x.Count + y.Count);
        return [.. x, .. y];
    }

    private static string Repeated(string text, long count, Budget budget)
    {
        if (count <= 0 || text.Length == 0) return "";
        budget.Pay(count > int.MaxValue ? long.MaxValue : count * text.Length);
        return string.Concat(Enumerable.Repeat(text, (int)count));
    }

    private static double NotZero(double value) => value == 0 ? throw Values.Failed("a division by zero") : value;

    private object Real(double a, double b) => sign switch
    {
        "+" => a + b,
        "-" => a - b,
        "*" => a * b,
        "//" => Math.Floor(a / NotZero(b)),
        _ => a - (Math.Floor(a / NotZero(b)) * b),
    };

    // Division rounds down, the remainder has the sign of the divisor.
    private object Whole(long a, long b) => checked(sign switch
    {
        "+" => a + b,
        "-" => a - b,
        "*" => a * b,
        "//" => (a / Divisor(b)) - (a % b != 0 && (a < 0) != (b < 0) ? 1 : 0),
        _ => ((a % Divisor(b)) + b) % b,
    });

    private static long Divisor(long value) => value == 0 ? throw Values.Failed("a division by zero") : value;
}
