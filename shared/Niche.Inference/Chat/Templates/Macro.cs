using System.Text;

namespace Niche.Inference.Chat.Templates;

/// <summary>A part of a template that is called by name.</summary>
internal sealed class Macro(string name, IReadOnlyList<(string Name, Expression? Default)> parameters, Statement body, Scope home)
{
    private const int Deepest = 30;

    /// <summary>What it writes.</summary>
    public string Call(Arguments arguments, Rendering run)
    {
        if (run.Calls >= Deepest) throw Values.Failed($"the macro '{name}' calls itself too often");
        var scope = new Scope(home);
        for (var i = 0; i < parameters.Count; i++)
        {
            var (parameter, otherwise) = parameters[i];
            scope.Set(parameter, arguments.Given(i, parameter) ? arguments.Take(i, parameter) : otherwise is null ? new Undefined(parameter) : otherwise.Value(run));
        }
        arguments.Done([.. parameters.Select(parameter => parameter.Name)], parameters.Count);
        var (outerScope, outerOut) = (run.Scope, run.Out);
        (run.Scope, run.Out) = (scope, new StringBuilder());
        run.Calls++;
        try
        {
            body.Run(run);
            return run.Out.ToString();
        }
        finally
        {
            (run.Scope, run.Out) = (outerScope, outerOut);
            run.Calls--;
        }
    }
}

internal sealed class MacroStatement(string name, IReadOnlyList<(string Name, Expression? Default)> parameters, Statement body) : Statement
{
    protected override Flow Execute(Rendering run)
    {
        run.Scope.Set(name, new Macro(name, parameters, body, run.Scope));
        return Flow.On;
    }
}

/// <summary><c>name(...)</c> of a macro.</summary>
internal sealed class MacroCall(string name, ArgumentList arguments) : Expression
{
    protected override object? Evaluate(Rendering run) => run.Scope.Get(name) is Macro macro
        ? macro.Call(arguments.Of(name, run), run)
        : throw Values.Failed($"'{name}' is called where no macro of that name is known");
}
