using System.Collections.Concurrent;
using System.Net;
using System.Net.WebSockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Niche.Bittensor.Chain.Rpc;

namespace Niche.Bittensor.Tests.Chain.Rpc;

/// <summary>A node on a loopback port, over HTTP and WebSocket, that does with each call whatever the test says.</summary>
public sealed class RpcServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly Func<RpcServerCall, Task> _behave;
    private readonly CancellationTokenSource _stop = new();

    private RpcServer(Func<RpcServerCall, Task> behave, X509Certificate2? certificate)
    {
        _behave = behave;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen =>
        {
            if (certificate is not null) listen.UseHttps(certificate);
        }));
        _app = builder.Build();
        _app.UseWebSockets();
        _app.Run(http => http.WebSockets.IsWebSocketRequest ? SocketAsync(http) : PostAsync(http));
    }

    /// <summary>The methods called so far.</summary>
    public ConcurrentQueue<string> Methods { get; } = new();

    /// <summary>The Authorization headers seen so far.</summary>
    public ConcurrentQueue<string> Authorizations { get; } = new();

    public int Port => new Uri(_app.Urls.Single()).Port;

    public static async Task<RpcServer> StartAsync(Func<RpcServerCall, Task> behave, X509Certificate2? certificate = null)
    {
        var server = new RpcServer(behave, certificate);
        await server._app.StartAsync(TestContext.Current.CancellationToken);
        return server;
    }

    public RpcEndpoint Endpoint(string scheme, string userInfo = "", string path = "") => RpcEndpoint.Parse($"{scheme}://{userInfo}127.0.0.1:{Port}{path}");

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _app.StopAsync(new CancellationToken(true));
        await _app.DisposeAsync();
    }

    private async Task PostAsync(HttpContext http)
    {
        Authorizations.Enqueue(http.Request.Headers.Authorization.ToString());
        using var body = await JsonDocument.ParseAsync(http.Request.Body, cancellationToken: http.RequestAborted);
        http.Response.ContentType = "application/json";
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, _stop.Token);
        await BehaveAsync(
            body.RootElement,
            async (text, _) =>
            {
                await http.Response.WriteAsync(text, ended.Token);
                await http.Response.Body.FlushAsync(ended.Token);
            },
            http.Abort,
            status => http.Response.StatusCode = status,
            ended.Token);
    }

    private async Task SocketAsync(HttpContext http)
    {
        Authorizations.Enqueue(http.Request.Headers.Authorization.ToString());
        using var socket = await http.WebSockets.AcceptWebSocketAsync();
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, _stop.Token);
        using var sending = new SemaphoreSlim(1);
        var buffer = new byte[1 << 20];
        var running = new List<Task>();
        try
        {
            while (true)
            {
                var length = 0;
                ValueWebSocketReceiveResult got;
                do
                {
                    got = await socket.ReceiveAsync(buffer.AsMemory(length), ended.Token);
                    if (got.MessageType == WebSocketMessageType.Close) return;
                    length += got.Count;
                }
                while (!got.EndOfMessage);
                var call = JsonDocument.Parse(buffer.AsMemory(0, length).ToArray()).RootElement;
                running.Add(BehaveAsync(call, SendAsync, http.Abort, _ => { }, ended.Token));
            }
        }
        catch (Exception fault) when (fault is WebSocketException or OperationCanceledException or IOException)
        {
            TestContext.Current.SendDiagnosticMessage("Socket ended: {0}", fault.Message);
        }
        finally
        {
            await ended.CancelAsync();
            await Task.WhenAll(running);
        }

        async Task SendAsync(string text, bool end)
        {
            await sending.WaitAsync(ended.Token);
            try
            {
                await socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, end, ended.Token);
            }
            finally
            {
                sending.Release();
            }
        }
    }

    private async Task BehaveAsync(JsonElement call, Func<string, bool, Task> send, Action abort, Action<int> status, CancellationToken ended)
    {
        Methods.Enqueue(call.GetProperty("method").GetString()!);
        try
        {
            await Task.Yield();
            await _behave(new RpcServerCall(call, send, abort, status, ended));
        }
        catch (Exception fault) when (fault is WebSocketException or OperationCanceledException or IOException or ObjectDisposedException)
        {
            TestContext.Current.SendDiagnosticMessage("Call ended: {0}", fault.Message); // The client has gone, or the test is over.
        }
    }
}
