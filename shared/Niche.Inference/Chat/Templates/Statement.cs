namespace Niche.Inference.Chat.Templates;

/// <summary>A part of a template that writes.</summary>
internal abstract class Statement
{
    /// <summary>Does what it says, paid for.</summary>
    public Flow Run(Rendering run)
    {
        run.Budget.PayStep();
        return Execute(run);
    }

    protected abstract Flow Execute(Rendering run);
}
