using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Niche.Bittensor.Synapses;

namespace Niche.Bittensor.Axon;

/// <summary>Writes answers as a stock dendrite reads them (SDK 10.2.0): status in <c>bt_header_axon_status_code</c>, JSON or text.</summary>
internal static class AxonAnswer
{
    private const int LikelyBytes = 2048;

    /// <summary>200 with the whole synapse.</summary>
    public static async Task WriteAsync<T>(HttpContext http, T answer, Synapse request, AxonExchange exchange, CancellationToken ct)
        where T : Synapse
    {
        var headers = SuccessHeaders(answer, request, exchange);
        var whole = (T)((Synapse)answer with
        {
            Name = headers.Name, Timeout = headers.Timeout, Dendrite = headers.Dendrite, Axon = headers.Axon,
            TotalSize = 0, HeaderSize = 0, ComputedBodyHash = "",
        });
        using var body = new PooledBuffer(LikelyBytes);
        await SendAsync(http, StatusCodes.Status200OK, headers, body, whole, ct);
    }

    /// <summary>200 and text; the headers leave together with the first piece, so that a handler failing before it is still told honestly.</summary>
    public static async Task StreamAsync<T>(
        HttpContext http, IAsyncEnumerable<string> pieces, T request, AxonExchange exchange, CancellationToken ct)
        where T : Synapse
    {
        await foreach (var piece in pieces.WithCancellation(ct))
        {
            Begin(http, request, exchange);
            await http.Response.BodyWriter.WriteAsync(Encoding.UTF8.GetBytes(piece), ct);
        }

        Begin(http, request, exchange);
        await http.Response.CompleteAsync();
    }

    /// <summary>A failure: <c>{"message": …}</c> and the axon's headers.</summary>
    public static async Task RefuseAsync(HttpContext http, AxonRefusal refusal, AxonExchange exchange, CancellationToken ct)
    {
        var nonce = NonceClock.Now(exchange.Time);
        var asked = exchange.Headers;

        // Signed for proven callers only: the text holds their hotkey, and an axon must not sign whatever a stranger puts there.
        var signature = exchange.Caller is { } caller
            ? "0x" + Convert.ToHexStringLower(exchange.Hotkey.Sign(
                SigningText.AxonReply(nonce, caller.Hotkey, exchange.Hotkey.Address, exchange.AxonUuid)))
            : null;
        var headers = new SynapseHeaders
        {
            Name = asked.Name,
            Timeout = asked.Timeout,
            Axon = new TerminalInfo
            {
                StatusCode = refusal.StatusCode,
                StatusMessage = refusal.Message,
                ProcessTime = exchange.ElapsedSeconds,
                Version = exchange.Version,
                Nonce = nonce,
                Uuid = exchange.AxonUuid,
                Hotkey = exchange.Hotkey.Address,
                Signature = signature,
            },
            Dendrite = asked.Dendrite with { Ip = PeerAddress.Plain(http.Connection.RemoteIpAddress)?.ToString(), Port = http.Connection.RemotePort },
        };
        if (refusal.RetryAfter is { } wait && wait > TimeSpan.Zero)
            http.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString("0", CultureInfo.InvariantCulture);
        using var body = new PooledBuffer(LikelyBytes);
        await SendAsync(http, refusal.StatusCode, headers, body, new FailureBody(refusal.Message), ct);
    }

    private static void Begin<T>(HttpContext http, T request, AxonExchange exchange)
        where T : Synapse
    {
        if (http.Response.HasStarted) return;
        Apply(http, StatusCodes.Status200OK, SuccessHeaders(request, request, exchange));
        http.Response.ContentType = "text/event-stream";
    }

    // Dendrite and axon are echoed from the body, as the stock axon does.
    private static SynapseHeaders SuccessHeaders<T>(T answer, Synapse request, AxonExchange exchange)
        where T : Synapse => new()
    {
        Name = SynapseContract.Of<T>().Name,
        Timeout = exchange.Headers.Timeout ?? request.Timeout,
        Dendrite = request.Dendrite ?? new TerminalInfo(),
        Axon = (request.Axon ?? new TerminalInfo()) with
        {
            StatusCode = 200,
            StatusMessage = "Success",
            ProcessTime = exchange.ElapsedSeconds,
            Hotkey = exchange.Hotkey.Address,
        },
        InputObjects = SynapseContract.Of<T>().InputObjects(answer),
        ComputedBodyHash = BodyHash.Compute(answer),
    };

    private static void Apply(HttpContext http, int status, SynapseHeaders headers)
    {
        http.Response.StatusCode = status;
        foreach (var (name, value) in SynapseHeaderCodec.EncodeSized(headers, http.Response.ContentLength ?? 0))
            http.Response.Headers[name] = value;
    }

    private static async Task SendAsync<T>(
        HttpContext http, int status, SynapseHeaders headers, PooledBuffer body, T content, CancellationToken ct)
    {
        using (var json = new Utf8JsonWriter(body, SynapseJson.Writer)) JsonSerializer.Serialize(json, content, SynapseJson.Options);
        http.Response.ContentType = "application/json";
        http.Response.ContentLength = body.Length;
        Apply(http, status, headers);
        await http.Response.Body.WriteAsync(body.Written, ct);
    }

    private sealed record FailureBody(string Message);
}
