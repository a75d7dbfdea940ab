namespace Niche.Inference.Chat.Templates;

internal sealed class Constant(object? value) : Expression
{
    protected override object? Evaluate(Rendering run) => value;
}

internal sealed class NameExpression(string name) : Expression
{
    public string Name => name;

    protected override object? Evaluate(Rendering run) => run.Scope.Get(name);
}

internal sealed class ListExpression(IReadOnlyList<Expression> items, bool tuple = false) : Expression
{
    protected override object? Evaluate(Rendering run)
    {
        var list = tuple ? new Pair() : new List<object?>();
        foreach (var item in items) list.Add(item.Value(run));
        return list;
    }
}

internal sealed class MapExpression(IReadOnlyList<(Expression Key, Expression Value)> pairs) : Expression
{
    protected override object? Evaluate(Rendering run)
    {
        var map = new OrderedDictionary<string, object?>(StringComparer.Ordinal);
        foreach (var (key, value) in pairs)
        {
            map[key.Value(run) as string ?? throw Values.Failed("a key of a mapping is no text")] = value.Value(run);
        }
        return map;
    }
}
