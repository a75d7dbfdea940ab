using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Niche.Miner.Tests.Rig;

/// <summary>An endpoint that answers as a test wants.</summary>
public sealed class HostileEndpoint : IAsyncDisposable
{
    private readonly WebApplication _app;
    private int _asked;

    private HostileEndpoint(WebApplication app) => _app = app;

    public const string Png = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg==";

    public const string Models = """{"models":[{"name":"niche-scenes","kind":"image"},{"name":"niche-prompt-lm","kind":"text"}]}""";

    public Uri Address => new(_app.Urls.Single());

    /// <summary>Answer of <c>/models</c>; null for a stock endpoint, which has only <c>/info</c>.</summary>
    public string? ModelsJson { get; set; } = Models;

    /// <summary>Calls of <c>/generate</c>.</summary>
    public int Asked => Volatile.Read(ref _asked);

    public static async Task<HostileEndpoint> StartAsync(RequestDelegate generate)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var endpoint = new HostileEndpoint(app);
        app.MapGet("/models", (RequestDelegate)(http =>
        {
            http.Response.StatusCode = endpoint.ModelsJson is null ? 404 : 200;
            return http.Response.WriteAsync(endpoint.ModelsJson ?? "");
        }));
        app.MapGet("/info", (RequestDelegate)(http => http.Response.WriteAsync("""{"model_name":"niche-scenes"}""")));
        app.MapPost("/generate", (RequestDelegate)(http =>
        {
            Interlocked.Increment(ref endpoint._asked);
            return generate(http);
        }));
        await app.StartAsync(TestContext.Current.CancellationToken);
        return endpoint;
    }

    /// <summary>An endpoint that always answers the same.</summary>
    public static Task<HostileEndpoint> StartAsync(int status, string body) => StartAsync(http =>
    {
        http.Response.StatusCode = status;
        return http.Response.WriteAsync(body);
    });

    /// <summary>An endpoint that answers every request with a one-pixel picture.</summary>
    public static Task<HostileEndpoint> GoodAsync() => StartAsync(200, $$"""{"image":"{{Png}}"}""");

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
