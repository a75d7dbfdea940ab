namespace Niche.GpuEndpoint.Access;

/// <summary>
/// Who may change the endpoint: whoever has its key, and where it has none a program of the same machine. What was forwarded, or sent by a page in a
/// browser, comes from elsewhere.
/// </summary>
internal sealed class OperatorGate(EndpointOptions options)
{
    /// <exception cref="OperatorException">Somebody else.</exception>
    public void Check(HttpContext context)
    {
        // With a key nobody comes here without it.
        if (options.ApiKey is not null) return;
        var headers = context.Request.Headers;
        var here = context.Connection.RemoteIpAddress is { } address && System.Net.IPAddress.IsLoopback(address);
        if (!here || headers.Origin.Count > 0 || headers.ContainsKey("Forwarded") || headers.ContainsKey("X-Forwarded-For")) throw new OperatorException();
    }
}
