namespace Niche.Inference.Chat.Templates;

/// <summary>A part of a template that has a value.</summary>
internal abstract class Expression
{
    /// <summary>The value, paid for.</summary>
    public object? Value(Rendering run)
    {
        run.Budget.PayStep();
        return Evaluate(run);
    }

    protected abstract object? Evaluate(Rendering run);
}
