using System.Buffers;
using System.Net.WebSockets;
using System.Text.Json;
using System.Text.Json.Nodes;
using Niche.Bots.Discord.Interactions;

namespace Niche.Bots.Discord.Gateway;

/// <summary>A WebSocket that carries one JSON object a message. Messages are bounded; sends come one after the other.</summary>
internal sealed class FrameSocket(ClientWebSocket socket, int maxBytes) : IDisposable
{
    // Discord closes connections that send more.
    private const int MaxSent = 4096;
    private static readonly TimeSpan ClosePatience = TimeSpan.FromSeconds(2);

    private readonly SemaphoreSlim _sending = new(1);
    private readonly ArrayBufferWriter<byte> _buffer = new();

    /// <summary>Code of the close frame; null before, and when the connection broke.</summary>
    public int? CloseCode => (int?)socket.CloseStatus;

    /// <summary>The next frame; null when the connection ended.</summary>
    public async Task<GatewayFrame?> ReceiveAsync(CancellationToken ct)
    {
        _buffer.ResetWrittenCount();
        while (true)
        {
            ValueWebSocketReceiveResult part = await socket.ReceiveAsync(_buffer.GetMemory(16 * 1024), ct).ConfigureAwait(false);
            if (part.MessageType == WebSocketMessageType.Close) return null;
            _buffer.Advance(part.Count);
            if (_buffer.WrittenCount > maxBytes) throw new DiscordFormatException($"A message of the gateway has more than {maxBytes} bytes.");
            if (part.EndOfMessage) return GatewayFrame.Read(_buffer.WrittenMemory);
        }
    }

    /// <summary>Sends a frame.</summary>
    public async Task SendAsync(GatewayOpcode opcode, JsonNode? data, CancellationToken ct)
    {
        byte[] bytes = JsonSerializer.SerializeToUtf8Bytes(new JsonObject { ["op"] = (int)opcode, ["d"] = data });
        if (bytes.Length > MaxSent) throw new InvalidOperationException($"A frame of {bytes.Length} bytes would close the connection.");
        await _sending.WaitAsync(ct).ConfigureAwait(false);
        try
        {
            await socket.SendAsync(bytes, WebSocketMessageType.Text, endOfMessage: true, ct).ConfigureAwait(false);
        }
        finally
        {
            _sending.Release();
        }
    }

    /// <summary>Says goodbye; a server that does not hear it is left all the same.</summary>
    public async Task CloseAsync(int code)
    {
        if (socket.State is not (WebSocketState.Open or WebSocketState.CloseReceived)) return;
        using CancellationTokenSource patience = new(ClosePatience);
        try
        {
            await socket.CloseOutputAsync((WebSocketCloseStatus)code, null, patience.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or ObjectDisposedException)
        {
            socket.Abort();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        socket.Dispose();
        _sending.Dispose();
    }
}
