namespace Niche.Inference.Chat;

/// <summary>A chat that a model's template does not turn into a prompt.</summary>
public sealed class ChatTemplateException : Exception
{
    /// <summary>Creates the error.</summary>
    /// <param name="code">Stable code: <c>template_invalid</c> (the template is damaged), <c>template_unsupported</c> (it uses what is not offered; the
    /// message names it), <c>template_failed</c> (it met a value that it cannot handle), <c>template_refused</c> (it raised an exception: this chat is
    /// not one it takes) or <c>template_too_costly</c> (it ran past its limits).</param>
    /// <param name="message">What happened, with the line of the template.</param>
    /// <param name="inner">The cause, if another layer noticed first.</param>
    public ChatTemplateException(string code, string message, Exception? inner = null)
        : base(message, inner) => Code = code;

    /// <summary>Stable code of the error.</summary>
    public string Code { get; }
}
