using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Niche.DiscordStandIn.Gateway;

/// <summary>A connection of a client.</summary>
public sealed class GatewayLink
{
    private const int MaxReceived = 4096;

    private readonly WebSocket _socket;
    private readonly GatewayServer _server;
    private readonly SemaphoreSlim _sending = new(1);
    private readonly TaskCompletionSource _over = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<long?> _beats = [];

    internal GatewayLink(WebSocket socket, GatewayServer server) => (_socket, _server) = (socket, server);

    internal GatewayServerSession? Session { get; set; }

    /// <summary>Sequence numbers that came with heartbeats.</summary>
    public IReadOnlyList<long?> Beats
    {
        get { lock (_beats) return [.. _beats]; }
    }

    /// <summary>Code that the client closed with; null before.</summary>
    public int? ClientClosedWith => (int?)_socket.CloseStatus;

    /// <summary>Ends with the connection.</summary>
    public Task Over => _over.Task;

    /// <summary>Closes in order.</summary>
    public async Task CloseAsync(int code)
    {
        Detach();
        await _socket.CloseOutputAsync((WebSocketCloseStatus)code, null, CancellationToken.None);
    }

    /// <summary>Breaks the connection, as a cut cable does.</summary>
    public void Break()
    {
        Detach();
        _socket.Abort();
    }

    /// <summary>Asks the client to connect again.</summary>
    public Task AskToReconnectAsync() => SendAsync(new JsonObject { ["op"] = 7, ["d"] = null });

    /// <summary>Says that the session is void.</summary>
    public Task InvalidateAsync(bool mayResume) => SendAsync(new JsonObject { ["op"] = 9, ["d"] = mayResume });

    /// <summary>Asks for a heartbeat now.</summary>
    public Task AskToBeatAsync() => SendAsync(new JsonObject { ["op"] = 1, ["d"] = null });

    /// <summary>Sends bytes, whatever they are.</summary>
    public async Task SendRawAsync(ReadOnlyMemory<byte> bytes, WebSocketMessageType type = WebSocketMessageType.Text)
    {
        await _sending.WaitAsync();
        try
        {
            await _socket.SendAsync(bytes, type, true, CancellationToken.None);
        }
        catch (Exception e) when (e is WebSocketException or ObjectDisposedException or OperationCanceledException)
        {
            // The client is gone; the session keeps what it has to hear.
            Detach();
        }
        finally
        {
            _sending.Release();
        }
    }

    internal Task SendAsync(JsonNode frame) => SendRawAsync(JsonSerializer.SerializeToUtf8Bytes(frame));

    internal async Task RunAsync(TimeSpan interval, CancellationToken ct)
    {
        try
        {
            if (_server.ClosesWith is { } code)
            {
                await CloseAsync(code);
            }
            else
            {
                await SendAsync(new JsonObject { ["op"] = 10, ["s"] = null, ["t"] = null, ["d"] = new JsonObject { ["heartbeat_interval"] = (int)interval.TotalMilliseconds } });
            }

            byte[] buffer = new byte[MaxReceived + 1];
            while (await ReceiveAsync(buffer, ct) is { } frame) await TakeAsync(frame);
            if (_socket.State == WebSocketState.CloseReceived) await _socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or IOException)
        {
            // Broken from either side: the session stays.
        }
        finally
        {
            Detach();
            _over.TrySetResult();
        }
    }

    private async Task<JsonObject?> ReceiveAsync(byte[] buffer, CancellationToken ct)
    {
        int length = 0;
        while (true)
        {
            ValueWebSocketReceiveResult part = await _socket.ReceiveAsync(buffer.AsMemory(length), ct);
            if (part.MessageType == WebSocketMessageType.Close) return null;
            length += part.Count;
            if (length > MaxReceived) return await FaultAsync(4002, "sent more than 4096 bytes");
            if (part.EndOfMessage) break;
        }

        return JsonNode.Parse(Encoding.UTF8.GetString(buffer, 0, length))!.AsObject();
    }

    private async Task TakeAsync(JsonObject frame)
    {
        switch ((int)frame["op"]!)
        {
            case 1:
                lock (_beats) _beats.Add((long?)frame["d"]);
                if (!_server.IsDeaf) await SendAsync(new JsonObject { ["op"] = 11 });
                break;
            case 2 when Session is not null:
                await FaultAsync(4005, "identified twice");
                break;
            case 2:
                if (_server.Identify(this, frame["d"]!.AsObject()) is { } fault) await FaultAsync(int.Parse(fault[..4]), fault[5..]);
                break;
            case 6:
                if (!await _server.ResumeAsync(this, frame["d"]!.AsObject())) await InvalidateAsync(false);
                break;
            default:
                await FaultAsync(4001, $"sent opcode {frame["op"]}");
                break;
        }
    }

    private async Task<JsonObject?> FaultAsync(int code, string words)
    {
        _server.Faults.Enqueue(words);
        await CloseAsync(code);
        return null;
    }

    private void Detach()
    {
        if (Session?.Link == this) Session.Link = null;
    }
}
