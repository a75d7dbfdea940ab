using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Niche.Bittensor.Tests.RecordedChain;

/// <summary>A chain's node on a loopback port of its own: JSON-RPC by HTTP POST and by WebSocket, as real nodes have it.</summary>
public sealed class NodeServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly CancellationTokenSource _stop = new();

    private NodeServer(WebApplication app, NodeChain chain) => (_app, Chain) = (app, chain);

    public NodeChain Chain { get; }

    public NodeMischief Mischief { get; } = new();

    public Uri Http => new(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());

    public Uri WebSocket => new UriBuilder(Http) { Scheme = "ws" }.Uri;

    /// <summary>A node of a new chain, or one more of a chain that is there already.</summary>
    public static Task<NodeServer> StartAsync(NodeOptions options) => StartAsync(new NodeChain(options));

    public static async Task<NodeServer> StartAsync(NodeChain chain)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = 16 << 20);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(1));
        var app = builder.Build();
        var server = new NodeServer(app, chain);
        var exchange = new NodeExchange(new NodeRpc(chain), server.Mischief);
        app.UseWebSockets();
        app.Run(context => context.WebSockets.IsWebSocketRequest ? server.SocketAsync(context, exchange) : server.PostAsync(context, exchange));
        await app.StartAsync(TestContext.Current.CancellationToken);
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _app.DisposeAsync();
        _stop.Dispose();
    }

    private async Task SocketAsync(HttpContext context, NodeExchange exchange)
    {
        using var socket = await context.WebSockets.AcceptWebSocketAsync();
        await new NodeSocket(Chain, exchange, socket).RunAsync(_stop.Token);
    }

    private async Task PostAsync(HttpContext context, NodeExchange exchange)
    {
        if (!HttpMethods.IsPost(context.Request.Method))
        {
            context.Response.StatusCode = StatusCodes.Status405MethodNotAllowed;
            return;
        }

        if (!context.Request.HasJsonContentType())
        {
            context.Response.StatusCode = StatusCodes.Status415UnsupportedMediaType;
            return;
        }

        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        var reply = exchange.Answer(body.ToArray(), subscribe: null);
        switch (reply.Mischief)
        {
            case NodeMischief.Kind.Stall:
                await StallAsync(context);
                return;
            case NodeMischief.Kind.Disconnect or NodeMischief.Kind.LoseAnswer:
                context.Abort();
                return;
            case NodeMischief.Kind.ServerError:
                context.Response.StatusCode = StatusCodes.Status500InternalServerError;
                return;
            case NodeMischief.Kind.TooMany:
                context.Response.StatusCode = StatusCodes.Status429TooManyRequests;
                return;
        }

        context.Response.ContentType = "application/json; charset=utf-8";
        await context.Response.Body.WriteAsync(reply.Bytes, context.RequestAborted);
    }

    private async Task StallAsync(HttpContext context)
    {
        var ended = new TaskCompletionSource();
        await using var gone = context.RequestAborted.Register(() => ended.TrySetResult());
        await using var stopped = _stop.Token.Register(() => ended.TrySetResult());
        await ended.Task;
    }
}
