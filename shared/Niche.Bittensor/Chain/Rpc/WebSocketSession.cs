using System.Buffers;
using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Channels;

namespace Niche.Bittensor.Chain.Rpc;

/// <summary>
/// One open WebSocket: a writer, a reader, and who waits for which id. It dies as a whole at the first fault (broken connection, message too
/// large, something that is not JSON-RPC, an id never given) and tells all who wait.
/// </summary>
internal sealed class WebSocketSession : IAsyncDisposable
{
    private const int MaxUnsent = 1024;
    private const int MaxUnasked = 1000;
    private const int MaxKeptBuffer = 1 << 20;

    private readonly RpcEndpoint _endpoint;
    private readonly ClientWebSocket _socket;
    private readonly int _maxBytes;
    private readonly ConcurrentDictionary<long, WebSocketCall> _calls = new();
    private readonly ConcurrentDictionary<string, WebSocketSubscription> _subscriptions = new(StringComparer.Ordinal);
    private readonly Channel<byte[]> _outgoing = Channel.CreateBounded<byte[]>(MaxUnsent);
    private readonly CancellationTokenSource _end = new();
    private readonly Task _work;
    private SubtensorException? _fault;
    private long _lastId;
    private long _messageCount;
    private int _unasked;

    private WebSocketSession(RpcEndpoint endpoint, ClientWebSocket socket, int maxBytes)
    {
        (_endpoint, _socket, _maxBytes) = (endpoint, socket, maxBytes);
        _work = Task.WhenAll(Task.Run(ReadAsync), Task.Run(WriteAsync));
    }

    /// <summary>It can not be used any more.</summary>
    public bool IsOver => Volatile.Read(ref _fault) is not null;

    /// <summary>Messages received so far.</summary>
    public long MessageCount => Interlocked.Read(ref _messageCount);

    public static async Task<WebSocketSession> OpenAsync(RpcEndpoint endpoint, HttpClient http, RpcOptions options, CancellationToken ct)
    {
        var socket = new ClientWebSocket();
        try
        {
            if (endpoint.Authorization is { } authorization) socket.Options.SetRequestHeader("Authorization", authorization.ToString());
            await socket.ConnectAsync(endpoint.Address, http, ct);
            return new WebSocketSession(endpoint, socket, options.MaxResponseBytes);
        }
        catch (Exception fault)
        {
            socket.Dispose();
            if (fault is not (WebSocketException or HttpRequestException or IOException)) throw;
            throw new SubtensorException(SubtensorError.Unreachable, $"{endpoint.Name} can not be reached: {Why(fault)}.", fault) { Endpoint = endpoint.Name };
        }
    }

    public async Task<JsonElement> CallAsync(string method, JsonArray parameters, CancellationToken ct) =>
        await SendAsync(new WebSocketCall(method, null), parameters, ct);

    /// <summary>Subscribes; news that follow the answer at once are not lost.</summary>
    public async Task<WebSocketSubscription> SubscribeAsync(string method, JsonArray parameters, string unsubscribe, CancellationToken ct)
    {
        var call = new WebSocketCall(method, unsubscribe);
        await SendAsync(call, parameters, ct);
        return call.Subscription!;
    }

    /// <summary>Forgets a subscription and tells the node, without waiting for its answer.</summary>
    public void Unsubscribe(WebSocketSubscription subscription)
    {
        if (_subscriptions.TryRemove(subscription.Id, out _))
            _outgoing.Writer.TryWrite(RpcCodec.Request(Interlocked.Increment(ref _lastId), subscription.UnsubscribeMethod, [subscription.Id]));
    }

    /// <summary>Ends the session when nothing at all has come since: a peer that stalls is left for a fresh connection.</summary>
    public void GiveUpIfSilentSince(long messageCount)
    {
        if (MessageCount == messageCount) Fail(SubtensorError.Disconnected, "has gone silent");
    }

    public async ValueTask DisposeAsync()
    {
        Fail(SubtensorError.Disconnected, "was let go of");
        await _work;
        _socket.Dispose();
        _end.Dispose();
    }

    private async Task<JsonElement> SendAsync(WebSocketCall call, JsonArray parameters, CancellationToken ct)
    {
        var id = Interlocked.Increment(ref _lastId);
        _calls[id] = call;
        try
        {
            if (!_outgoing.Writer.TryWrite(RpcCodec.Request(id, call.Method, parameters)))
            {
                Fail(SubtensorError.Disconnected, "does not take what is sent"); // Unless it is over already.
                call.Fail(Volatile.Read(ref _fault)!, arrived: false);
            }

            return await call.Answer.WaitAsync(ct);
        }
        finally
        {
            _calls.TryRemove(id, out _);
            if (ct.IsCancellationRequested && call.Subscription is { } unwanted) Unsubscribe(unwanted);
        }
    }

    private async Task WriteAsync()
    {
        try
        {
            await foreach (var request in _outgoing.Reader.ReadAllAsync(_end.Token))
                await _socket.SendAsync(request, WebSocketMessageType.Text, endOfMessage: true, _end.Token);
        }
        catch (Exception fault) when (IsEnd(fault))
        {
            Fail(SubtensorError.Disconnected, $"broke the connection: {Why(fault)}", fault);
        }
    }

    private async Task ReadAsync()
    {
        var buffer = new ArrayBufferWriter<byte>(4096);
        try
        {
            while (true)
            {
                var got = await _socket.ReceiveAsync(buffer.GetMemory(4096), _end.Token);
                if (got.MessageType == WebSocketMessageType.Close)
                {
                    Fail(SubtensorError.Disconnected, "closed the connection");
                    return;
                }

                buffer.Advance(got.Count);
                if (buffer.WrittenCount > _maxBytes) Fail(SubtensorError.TooLarge, $"sends a message larger than {_maxBytes} bytes");
                else if (got.MessageType == WebSocketMessageType.Binary) Fail(SubtensorError.Malformed, "sends bytes instead of text");
                else if (got.EndOfMessage) Take(buffer.WrittenMemory);
                if (IsOver) return;
                if (!got.EndOfMessage) continue;
                if (buffer.Capacity > MaxKeptBuffer) buffer = new ArrayBufferWriter<byte>(4096);
                else buffer.ResetWrittenCount();
            }
        }
        catch (Exception fault) when (IsEnd(fault))
        {
            Fail(SubtensorError.Disconnected, $"broke the connection: {Why(fault)}", fault);
        }
    }

    private void Take(ReadOnlyMemory<byte> utf8)
    {
        Interlocked.Increment(ref _messageCount);
        if (!RpcCodec.TryRead(utf8, out var message, out var why)) Fail(SubtensorError.Malformed, $"sends what can not be read: {why}");
        else if (message.Subscription is { } subscription) TakeNews(subscription, message.Result);
        else if (message.Id is not { } id) Fail(SubtensorError.Malformed, "answers without an id");
        else if (id < 1 || id > Interlocked.Read(ref _lastId)) Fail(SubtensorError.Malformed, "answers a call that was never made");
        else if (!_calls.TryRemove(id, out var call)) Unasked(); // An answer after its deadline.
        else TakeAnswer(call, message);
    }

    private void TakeAnswer(WebSocketCall call, RpcMessage message)
    {
        _unasked = 0;
        if (message.Error is { } error) call.Fail(RpcCodec.NodeError(_endpoint, call.Method, error), arrived: true);
        else if (call.Unsubscribe is null) call.Succeed(message.Result);
        else if (RpcCodec.SubscriptionId(message.Result) is not { } subscriptionId) call.Fail(RpcCodec.Malformed(_endpoint, call.Method, "no name of a subscription"), arrived: true);
        else
        {
            call.Subscription = _subscriptions[subscriptionId] = new WebSocketSubscription(subscriptionId, call.Unsubscribe);
            call.Succeed(message.Result);
        }
    }

    private void TakeNews(string id, JsonElement news)
    {
        if (!_subscriptions.TryGetValue(id, out var subscription)) Unasked(); // On its way while we unsubscribed.
        else if (!subscription.Add(news) && _subscriptions.TryRemove(id, out _))
            subscription.End(new SubtensorException(SubtensorError.TooLarge, $"{_endpoint.Name} sends news faster than they are read.") { Endpoint = _endpoint.Name });
    }

    private void Unasked()
    {
        if (++_unasked > MaxUnasked) Fail(SubtensorError.Malformed, "sends what nobody asked for");
    }

    private void Fail(SubtensorError error, string what, Exception? cause = null)
    {
        var fault = new SubtensorException(error, $"{_endpoint.Name} {what}.", cause) { Endpoint = _endpoint.Name, MayHaveArrived = true };
        if (Interlocked.CompareExchange(ref _fault, fault, null) is not null) return;
        _outgoing.Writer.TryComplete();
        _end.Cancel();
        _socket.Abort();
        foreach (var call in _calls.Values) call.Fail(fault, arrived: true);
        foreach (var subscription in _subscriptions.Values) subscription.End(fault);
    }

    private static bool IsEnd(Exception fault) => fault is WebSocketException or IOException or OperationCanceledException or ObjectDisposedException;

    // The words of sockets may repeat the address with its secrets; codes do not.
    private static string Why(Exception fault) => fault switch
    {
        WebSocketException { InnerException: HttpRequestException inner } => inner.HttpRequestError.ToString(),
        WebSocketException socket => socket.WebSocketErrorCode.ToString(),
        HttpRequestException http => http.HttpRequestError.ToString(),
        _ => fault.GetType().Name,
    };
}
