namespace Niche.Inference.Providers;

/// <summary>The provider that was asked for can not be had here.</summary>
public sealed class ProviderException : Exception
{
    /// <summary>Creates the error.</summary>
    /// <param name="code">Stable code: <c>provider_missing</c> or <c>provider_failed</c>.</param>
    /// <param name="message">What is wrong and what to do.</param>
    public ProviderException(string code, string message)
        : base(message) => Code = code;

    /// <summary>Stable code of the error.</summary>
    public string Code { get; }
}
