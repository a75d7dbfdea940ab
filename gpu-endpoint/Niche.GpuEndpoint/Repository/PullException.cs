namespace Niche.GpuEndpoint.Repository;

/// <summary>A model that could not be fetched.</summary>
/// <param name="code">Stable code: <c>source_invalid</c>, <c>too_large</c>, <c>http_status</c> or <c>broken_off</c>.</param>
/// <param name="message">What happened and what to do.</param>
/// <param name="inner">The cause.</param>
public sealed class PullException(string code, string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>Stable code of the error.</summary>
    public string Code { get; } = code;
}
