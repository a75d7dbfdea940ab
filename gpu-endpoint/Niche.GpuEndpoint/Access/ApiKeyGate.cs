using Niche.GpuEndpoint.Routes;

namespace Niche.GpuEndpoint.Access;

/// <summary>Asks for <c>Authorization: Bearer KEY</c> on every route but health, when the endpoint has a key.</summary>
internal sealed class ApiKeyGate(RequestDelegate next, EndpointOptions options)
{
    private const string Scheme = "Bearer ";

    public Task InvokeAsync(HttpContext context)
    {
        if (options.ApiKey is not { } key || context.Request.Path.StartsWithSegments("/health", StringComparison.Ordinal)) return next(context);
        var sent = context.Request.Headers.Authorization.ToString();
        if (sent.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) && key.Matches(sent[Scheme.Length..].Trim())) return next(context);
        context.Response.Headers.WWWAuthenticate = "Bearer";
        return ProblemMiddleware.Write(context, new Problem("about:blank", "A key is needed", 401,
            "Send this endpoint's API key as 'Authorization: Bearer KEY'.", "api_key_invalid"));
    }
}
