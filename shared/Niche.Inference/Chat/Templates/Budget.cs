using System.Runtime.CompilerServices;

namespace Niche.Inference.Chat.Templates;

/// <summary>What one rendering may cost: a unit for every character and element made, several for every expression.</summary>
internal sealed class Budget(long units)
{
    /// <summary>Cost of an expression or statement.</summary>
    public const int Step = 16;

    private long _left = units;

    /// <summary>Pays, before the work is done.</summary>
    /// <exception cref="ChatTemplateException">Nothing is left.</exception>
    public void Pay(long cost)
    {
        if (cost < 0 || (_left -= cost) < 0) throw new ChatTemplateException("template_too_costly", "The chat template runs past its limits with this chat.");
    }

    /// <summary>Pays for an expression or statement, and looks whether the stack has room for it.</summary>
    /// <exception cref="ChatTemplateException">Nothing is left.</exception>
    public void PayStep()
    {
        Pay(Step);
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack()) throw new ChatTemplateException("template_too_costly", "The chat template goes too deep with this chat.");
    }

    /// <summary>Pays for looking for one text in another, which may compare both at every place.</summary>
    public void PaySearch(string text, string part) => Pay(text.Length + ((long)text.Length * (part.Length / 64)));
}
