namespace Niche.Inference.Chat.Templates;

/// <summary>The arguments of a call as expressions.</summary>
internal sealed class ArgumentList(IReadOnlyList<Expression> placed, IReadOnlyList<(string Name, Expression Value)> named)
{
    public static ArgumentList None { get; } = new([], []);

    public Arguments Of(string callee, Rendering run)
    {
        object?[] values = [.. placed.Select(item => item.Value(run))];
        return new Arguments(callee, values, named.ToDictionary(item => item.Name, item => item.Value.Value(run), StringComparer.Ordinal));
    }
}

/// <summary><c>name(...)</c>.</summary>
internal sealed class FunctionCall(string name, ArgumentList arguments) : Expression
{
    protected override object? Evaluate(Rendering run) => Functions.Call(name, arguments.Of(name, run), run);
}

/// <summary><c>value.name(...)</c>.</summary>
internal sealed class MethodCall(Expression target, string name, ArgumentList arguments) : Expression
{
    protected override object? Evaluate(Rendering run)
    {
        var value = target.Value(run);
        if (value is Undefined u) throw Values.Failed($"'{u.Name}' is undefined and has no '{name}'");
        return Methods.Call(value, name, arguments.Of(name, run), run.Budget);
    }
}

/// <summary><c>value | name(...)</c>.</summary>
internal sealed class FilterCall(Expression target, string name, ArgumentList arguments) : Expression
{
    protected override object? Evaluate(Rendering run) => Filters.Apply(name, target.Value(run), arguments.Of(name, run), run.Budget);
}

/// <summary><c>value is name</c>.</summary>
internal sealed class TestCall(Expression target, string name, ArgumentList arguments) : Expression
{
    protected override object? Evaluate(Rendering run) => Tests.Holds(name, target.Value(run), arguments.Of(name, run), run.Budget);
}
