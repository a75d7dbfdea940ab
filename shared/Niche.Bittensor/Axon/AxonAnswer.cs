using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Niche.Bittensor.Synapses;

namespace Niche.Bittensor.Axon;

/// <summary>Writes answers as a stock dendrite reads them (SDK 10.2.0): status in <c>bt_header_axon_status_code</c>, JSON or text.</summary>
internal static class AxonAnswer
{
    /// <summary>200 with the whole synapse.</summary>
    public static async Task WriteAsync<T>(HttpContext http, T answer, Synapse request, AxonExchange exchange, CancellationToken ct)
        where T : Synapse
    {
        var contract = SynapseContract.Of<T>();
        var headers = SuccessHeaders(contract.Name, request, exchange) with
        {
            InputObjects = contract.InputObjects(answer),
            ComputedBodyHash = BodyHash.Compute(answer),
        };
        var body = JsonSerializer.SerializeToUtf8Bytes(
            (T)((Synapse)answer with
            {
                Name = headers.Name, Timeout = headers.Timeout, Dendrite = headers.Dendrite, Axon = headers.Axon,
                TotalSize = 0, HeaderSize = 0, ComputedBodyHash = "",
            }),
            SynapseJson.Options);
        await SendAsync(http, StatusCodes.Status200OK, headers, body, ct);
    }

    /// <summary>200 and text; the headers leave together with the first piece, so that a handler failing before it is still told honestly.</summary>
    public static async Task StreamAsync(
        HttpContext http, IAsyncEnumerable<string> pieces, Synapse request, AxonExchange exchange, CancellationToken ct)
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
            Dendrite = asked.Dendrite with { Ip = http.Connection.RemoteIpAddress?.ToString(), Port = http.Connection.RemotePort },
        };
        if (refusal.RetryAfter is { } wait && wait > TimeSpan.Zero)
            http.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString("0", CultureInfo.InvariantCulture);
        var body = JsonSerializer.SerializeToUtf8Bytes(new { message = refusal.Message }, SynapseJson.Options);
        await SendAsync(http, refusal.StatusCode, headers, body, ct);
    }

    private static void Begin(HttpContext http, Synapse request, AxonExchange exchange)
    {
        if (http.Response.HasStarted) return;
        Apply(http, StatusCodes.Status200OK, SuccessHeaders(exchange.Headers.Name, request, exchange));
        http.Response.ContentType = "text/event-stream";
    }

    // Dendrite and axon are echoed from the body, as the stock axon does.
    private static SynapseHeaders SuccessHeaders(string? name, Synapse request, AxonExchange exchange) => new()
    {
        Name = name,
        Timeout = exchange.Headers.Timeout ?? request.Timeout,
        Dendrite = request.Dendrite ?? new TerminalInfo(),
        Axon = (request.Axon ?? new TerminalInfo()) with
        {
            StatusCode = 200,
            StatusMessage = "Success",
            ProcessTime = exchange.ElapsedSeconds,
            Hotkey = exchange.Hotkey.Address,
        },
    };

    private static void Apply(HttpContext http, int status, SynapseHeaders headers)
    {
        http.Response.StatusCode = status;
        foreach (var (name, value) in SynapseHeaderCodec.Encode(headers)) http.Response.Headers[name] = value;
    }

    private static async Task SendAsync(HttpContext http, int status, SynapseHeaders headers, byte[] body, CancellationToken ct)
    {
        Apply(http, status, headers);
        http.Response.ContentType = "application/json";
        http.Response.ContentLength = body.Length;
        await http.Response.Body.WriteAsync(body, ct);
    }
}
