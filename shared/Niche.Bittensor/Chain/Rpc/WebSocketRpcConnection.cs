using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Niche.Bittensor.Chain.Rpc;

/// <summary>
/// JSON-RPC over one WebSocket, opened by the first call and again after it broke; many calls and subscriptions at once. Does not own the HTTP
/// client that opens it.
/// </summary>
public sealed class WebSocketRpcConnection(RpcEndpoint endpoint, HttpClient http, RpcOptions options, TimeProvider time) : IRpcConnection
{
    private readonly RpcOptions _options = options.Checked();
    private readonly Lock _gate = new();
    private WebSocketSession? _open;
    private Task<WebSocketSession>? _opening;
    private bool _disposed;

    /// <inheritdoc/>
    public RpcEndpoint Endpoint => endpoint;

    /// <inheritdoc/>
    public async Task<JsonElement> CallAsync(string method, JsonArray parameters, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        using var deadline = new RpcDeadline(endpoint, method, _options.CallTimeout, time, ct);
        WebSocketSession? session = null;
        long before = 0;
        try
        {
            return await deadline.RunAsync(async token =>
            {
                session = await SessionAsync().WaitAsync(token);
                before = session.MessageCount;
                return await session.CallAsync(method, parameters, token);
            });
        }
        catch (SubtensorException fault) when (fault.Error == SubtensorError.Timeout && session is not null)
        {
            session.GiveUpIfSilentSince(before);
            throw;
        }
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<JsonElement> SubscribeAsync(
        string subscribe, JsonArray parameters, string unsubscribe, [EnumeratorCancellation] CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        WebSocketSubscription subscription;
        WebSocketSession session;
        using (var deadline = new RpcDeadline(endpoint, subscribe, _options.CallTimeout, time, ct))
            (session, subscription) = await deadline.RunAsync(async token =>
            {
                var open = await SessionAsync().WaitAsync(token);
                return (open, await open.SubscribeAsync(subscribe, parameters, unsubscribe, token));
            });
        try
        {
            while (true)
            {
                using var silence = new RpcDeadline(endpoint, subscribe, _options.SubscriptionSilence, time, ct);
                yield return await silence.RunAsync(token => subscription.NextAsync(token).AsTask());
            }
        }
        finally
        {
            session.Unsubscribe(subscription);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        WebSocketSession? open;
        lock (_gate) (open, _disposed) = (_open, true);
        if (open is not null) await open.DisposeAsync();
    }

    private Task<WebSocketSession> SessionAsync()
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            if (_open is { IsOver: false } open) return Task.FromResult(open);
            if (_opening is null or { IsCompleted: true }) _opening = OpenAsync();
            return _opening;
        }
    }

    private async Task<WebSocketSession> OpenAsync()
    {
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding); // Nothing of it runs under the lock.
        using var deadline = new RpcDeadline(endpoint, "the opening of a WebSocket", _options.CallTimeout, time, CancellationToken.None);
        var session = await deadline.RunAsync(token => WebSocketSession.OpenAsync(endpoint, http, _options, token));
        bool unwanted;
        lock (_gate) (_open, unwanted) = (session, _disposed);
        if (unwanted) await session.DisposeAsync();
        return session;
    }
}
