namespace Niche.Inference.Models;

/// <summary>A request that was well formed but could not be computed.</summary>
public sealed class InferenceException : Exception
{
    /// <summary>Creates the error.</summary>
    /// <param name="code">Stable code, such as <c>latents_not_finite</c>.</param>
    /// <param name="message">What happened and what to do.</param>
    /// <param name="inner">The cause, if another layer noticed first.</param>
    public InferenceException(string code, string message, Exception? inner = null)
        : base(message, inner) => Code = code;

    /// <summary>Stable code of the error.</summary>
    public string Code { get; }
}
