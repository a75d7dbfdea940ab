using System.Text;

namespace Niche.Inference.Chat.Templates;

/// <summary>One rendering: names, what was written, what it may still cost.</summary>
internal sealed class Rendering(Scope scope, Budget budget, int longest, DateTimeOffset now)
{
    /// <summary>The names of here.</summary>
    public Scope Scope { get; set; } = scope;

    public Budget Budget => budget;

    /// <summary>Macros that are being called.</summary>
    public int Calls { get; set; }

    /// <summary>The moment that the template is told.</summary>
    public DateTimeOffset Now => now;

    /// <summary>What was written; a block that is set to a name writes elsewhere.</summary>
    public StringBuilder Out { get; set; } = new();

    public void Write(string text)
    {
        budget.Pay(text.Length);
        if (Out.Length + text.Length > longest) throw new ChatTemplateException("template_too_costly", $"The chat template makes a prompt of more than {longest} characters.");
        Out.Append(text);
    }
}
