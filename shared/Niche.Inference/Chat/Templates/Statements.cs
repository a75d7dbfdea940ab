using System.Text;

namespace Niche.Inference.Chat.Templates;

internal sealed class TextStatement(string text) : Statement
{
    protected override Flow Execute(Rendering run)
    {
        run.Write(text);
        return Flow.On;
    }
}

internal sealed class PrintStatement(Expression expression) : Statement
{
    protected override Flow Execute(Rendering run)
    {
        run.Write(Values.Text(expression.Value(run), run.Budget));
        return Flow.On;
    }
}

internal sealed class JumpStatement(Flow flow) : Statement
{
    protected override Flow Execute(Rendering run) => flow;
}

internal sealed class BlockStatement(IReadOnlyList<Statement> body) : Statement
{
    protected override Flow Execute(Rendering run)
    {
        foreach (var statement in body)
        {
            var flow = statement.Run(run);
            if (flow != Flow.On) return flow;
        }
        return Flow.On;
    }
}

internal sealed class IfStatement(IReadOnlyList<(Expression Condition, Statement Body)> branches, Statement? otherwise) : Statement
{
    protected override Flow Execute(Rendering run)
    {
        foreach (var (condition, body) in branches)
        {
            if (Values.Truth(condition.Value(run))) return body.Run(run);
        }
        return otherwise?.Run(run) ?? Flow.On;
    }
}

internal sealed class ForStatement(IReadOnlyList<string> names, Expression over, Expression? filter, Statement body, Statement? otherwise) : Statement
{
    protected override Flow Execute(Rendering run)
    {
        var outer = run.Scope;
        List<object?> items = [.. Values.Items(over.Value(run))];
        run.Budget.Pay((long)items.Count * Budget.Step);
        if (filter is not null) items = items.FindAll(item => Values.Truth(Within(run, outer, item, null, filter.Value)));
        if (items.Count == 0) return otherwise?.Run(run) ?? Flow.On;
        var loop = new LoopState(items);
        for (; loop.Index < items.Count; loop.Index++)
        {
            if (Within(run, outer, items[loop.Index], loop, body.Run) == Flow.Break) break;
        }
        return Flow.On;
    }

    private T Within<T>(Rendering run, Scope outer, object? item, LoopState? loop, Func<Rendering, T> work)
    {
        run.Scope = new Scope(outer);
        Unpacking.Set(run.Scope, names, item);
        if (loop is not null) run.Scope.Set("loop", loop);
        try
        {
            return work(run);
        }
        finally
        {
            run.Scope = outer;
        }
    }
}

internal sealed class SetStatement(IReadOnlyList<string> names, string? attribute, Expression value) : Statement
{
    protected override Flow Execute(Rendering run)
    {
        var made = value.Value(run);
        if (attribute is null) Unpacking.Set(run.Scope, names, made);
        else if (run.Scope.Get(names[0]) is NameSpace space) space.Values[attribute] = made;
        else throw Values.Failed($"'{names[0]}' is no namespace, so '{names[0]}.{attribute}' cannot be set");
        return Flow.On;
    }
}

internal sealed class SetBlockStatement(string name, Statement body) : Statement
{
    protected override Flow Execute(Rendering run)
    {
        var outer = run.Out;
        run.Out = new StringBuilder();
        try
        {
            body.Run(run);
            run.Scope.Set(name, run.Out.ToString());
        }
        finally
        {
            run.Out = outer;
        }
        return Flow.On;
    }
}

internal static class Unpacking
{
    /// <summary>Gives a value to one name, or its elements to several.</summary>
    public static void Set(Scope scope, IReadOnlyList<string> names, object? value)
    {
        if (names.Count == 1)
        {
            scope.Set(names[0], value);
            return;
        }
        List<object?> parts = [.. Values.Items(value).Take(names.Count + 1)];
        if (parts.Count != names.Count) throw Values.Failed($"{names.Count} names for {(parts.Count > names.Count ? "more" : parts.Count)} values");
        for (var i = 0; i < names.Count; i++) scope.Set(names[i], parts[i]);
    }
}
