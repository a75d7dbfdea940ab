using System.Globalization;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Channels;

namespace Niche.Bittensor.Tests.RecordedChain;

/// <summary>One WebSocket connection: calls answered as they come, and news of the subscriptions it asked for.</summary>
public sealed class NodeSocket(NodeChain chain, NodeExchange exchange, WebSocket socket)
{
    private const int MaxMessage = 16 << 20;

    private readonly Channel<byte[]> _outgoing = Channel.CreateBounded<byte[]>(1024);
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Func<NodeBlock, JsonNode?>> _subscriptions = [];
    private readonly string _name = Guid.NewGuid().ToString("N")[..8];
    private int _counter;
    private byte[]? _first;

    public async Task RunAsync(CancellationToken ct)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        chain.Sealed += Tell;
        var sending = SendAsync(stop.Token);
        try
        {
            await ReceiveAsync(stop);
        }
        catch (Exception ended) when (ended is WebSocketException or OperationCanceledException or IOException)
        {
            // The peer went away, or the node stops.
        }
        finally
        {
            chain.Sealed -= Tell;
            await stop.CancelAsync();
            await sending;
        }
    }

    private async Task ReceiveAsync(CancellationTokenSource stop)
    {
        var buffer = new byte[64 * 1024];
        while (true)
        {
            using var message = new MemoryStream();
            ValueWebSocketReceiveResult part;
            do
            {
                part = await socket.ReceiveAsync(buffer.AsMemory(), stop.Token);
                if (part.MessageType == WebSocketMessageType.Close) return;
                message.Write(buffer, 0, part.Count);
                if (message.Length > MaxMessage) return;
            }
            while (!part.EndOfMessage);

            var reply = exchange.Answer(message.ToArray(), Subscribe);
            switch (reply.Mischief)
            {
                case NodeMischief.Kind.Stall: continue;
                case NodeMischief.Kind.Disconnect or NodeMischief.Kind.LoseAnswer:
                    socket.Abort();
                    return;
                default:
                    await _outgoing.Writer.WriteAsync(reply.Bytes.Length > 0 ? reply.Bytes : "<html>"u8.ToArray(), stop.Token);
                    if (Interlocked.Exchange(ref _first, null) is { } first) await _outgoing.Writer.WriteAsync(first, stop.Token);
                    break;
            }
        }
    }

    private async Task SendAsync(CancellationToken ct)
    {
        try
        {
            await foreach (var message in _outgoing.Reader.ReadAllAsync(ct)) await socket.SendAsync(message, WebSocketMessageType.Text, endOfMessage: true, ct);
        }
        catch (Exception ended) when (ended is WebSocketException or OperationCanceledException or IOException or ObjectDisposedException)
        {
            socket.Abort();
        }
    }

    // Null for methods that are no subscriptions.
    private JsonNode? Subscribe(string method, JsonElement parameters)
    {
        switch (method)
        {
            case "chain_subscribeNewHeads": return Open("chain_newHead", block => block.Header(), chain.Best.Header());
            case "chain_subscribeFinalizedHeads": return Open("chain_finalizedHead", _ => chain.Final.Header(), chain.Final.Header());
            case "author_submitAndWatchExtrinsic":
                var bytes = Convert.FromHexString(parameters[0].GetString()![2..]);
                chain.Submit(bytes);
                return Open("author_extrinsicUpdate", block => block.Extrinsics.Any(one => one.AsSpan().SequenceEqual(bytes)) ? new JsonObject { ["inBlock"] = block.HashText } : null, "ready");
            case "chain_unsubscribeNewHeads" or "chain_unsubscribeFinalizedHeads" or "author_unwatchExtrinsic":
                lock (_gate) return _subscriptions.Keys.Where(key => key.EndsWith(parameters[0].ToString(), StringComparison.Ordinal)).ToArray().Any(_subscriptions.Remove);
            default: return null;
        }
    }

    private JsonValue Open(string news, Func<NodeBlock, JsonNode?> read, JsonNode first)
    {
        var id = _name + Interlocked.Increment(ref _counter).ToString(CultureInfo.InvariantCulture);
        lock (_gate) _subscriptions[$"{news} {id}"] = read;
        _first = News(news, id, first); // After the answer that names the subscription.
        return JsonValue.Create(id);
    }

    private void Tell(NodeBlock block)
    {
        lock (_gate)
        {
            foreach (var (key, read) in _subscriptions)
            {
                var (news, id) = (key.Split(' ')[0], key.Split(' ')[1]);
                if (read(block) is not { } result) continue;
                _outgoing.Writer.TryWrite(News(news, id, result));
            }
        }
    }

    private static byte[] News(string news, string id, JsonNode result) => Encoding.UTF8.GetBytes(new JsonObject
    {
        ["jsonrpc"] = "2.0",
        ["method"] = news,
        ["params"] = new JsonObject { ["subscription"] = id, ["result"] = result },
    }.ToJsonString());
}
