namespace Niche.Validator.Trusted;

/// <summary>The trusted endpoint did not do its work: the judged side is not to blame.</summary>
public sealed class TrustedEndpointException(string message, Exception? inner = null) : Exception(message, inner);
