using System.Net;
using System.Text.Json;
using Niche.Bittensor.Synapses;

namespace Niche.Bittensor.Dendrite;

/// <summary>Reads an axon's answer within bounds and decides what it means (SDK 10.2.0, <c>Dendrite.process_server_response</c>).</summary>
internal static class SynapseResponseReader
{
    private const int MaxErrorBytes = 64 * 1024;
    private static readonly TimeSpan LongestRetryAfter = TimeSpan.FromDays(1);

    /// <summary>The headers a peer sent; all of them at default when they can not be read.</summary>
    public static SynapseHeaders Headers(HttpResponseMessage response)
    {
        var pairs = response.Headers.NonValidated.Select(header => KeyValuePair.Create(header.Key, header.Value.ToString()));
        return SynapseHeaderCodec.TryDecode(pairs, out var headers, out _) ? headers : new SynapseHeaders();
    }

    public static TimeSpan? RetryAfter(HttpResponseMessage response, DateTimeOffset now)
    {
        var header = response.Headers.RetryAfter;
        var delay = header?.Delta ?? (header?.Date - now);
        if (delay is null) return null;
        return delay < TimeSpan.Zero ? TimeSpan.Zero : delay > LongestRetryAfter ? LongestRetryAfter : delay;
    }

    /// <summary>The filled synapse, or how the call failed.</summary>
    public static async Task<(T? Synapse, CallEnd End)> ReadAsync<T>(
        HttpResponseMessage response, SynapseHeaders headers, long maxBytes, CancellationToken ct)
        where T : Synapse
    {
        if (response.StatusCode != HttpStatusCode.OK) return (null, await ReadFailureAsync(response, headers, ct));
        if (response.Content.Headers.ContentType?.MediaType is not { } type || !type.Equals("application/json", StringComparison.OrdinalIgnoreCase))
            return (null, CallEnd.Malformed("the content type is not application/json"));

        using var body = new PooledBuffer(Announced(response.Content));
        if (!await TryReadBodyAsync(response.Content, body, maxBytes, ct)) return (null, CallEnd.TooLarge(maxBytes));
        T? synapse;
        try
        {
            synapse = JsonSerializer.Deserialize<T>(body.Written.Span, SynapseJson.Options);
        }
        catch (JsonException fault)
        {
            return (null, CallEnd.Malformed(CallEnd.Cut(fault.Message)));
        }

        if (synapse is null) return (null, CallEnd.Malformed("null"));
        var status = headers.Axon.StatusCode ?? synapse.Axon?.StatusCode;
        var message = headers.Axon.StatusMessage ?? synapse.Axon?.StatusMessage;
        return status switch
        {
            200 => (synapse, new CallEnd(200, CallEnd.Cut(message ?? "Success"), SynapseOutcome.Success)),
            null => (null, CallEnd.Malformed("no axon status")),
            _ => (null, CallEnd.Stated(status.Value, message)),
        };
    }

    /// <summary>A failure's status and words: HTTP status and <c>message</c>, overridden by the axon's headers when they too state a failure.</summary>
    public static async Task<CallEnd> ReadFailureAsync(HttpResponseMessage response, SynapseHeaders headers, CancellationToken ct)
    {
        var status = headers.Axon.StatusCode is >= 400 and < 600 ? headers.Axon.StatusCode.Value : (int)response.StatusCode;
        if ((int)response.StatusCode is >= 300 and < 400) return CallEnd.Malformed("a redirect, which is not followed");
        if (headers.Axon.StatusMessage is { Length: > 0 } stated) return CallEnd.Stated(status, stated);
        using var body = new PooledBuffer(Announced(response.Content));
        return CallEnd.Stated(
            status, (await TryReadBodyAsync(response.Content, body, MaxErrorBytes, ct) ? Message(body.Written) : null) ?? response.ReasonPhrase);
    }

    private static string? Message(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return document.RootElement.ValueKind == JsonValueKind.Object
                && document.RootElement.TryGetProperty("message", out var message)
                && message.ValueKind == JsonValueKind.String
                ? message.GetString()
                : null;
        }
        catch (JsonException)
        {
            return null; // Whatever stands in front of the axon wrote this; the HTTP status says enough.
        }
    }

    // Memory for what is announced, within reason: the rest is reserved as it comes.
    private static int Announced(HttpContent content) => (int)Math.Clamp((content.Headers.ContentLength ?? 4095) + 1, 256, 1 << 20);

    private static async Task<bool> TryReadBodyAsync(HttpContent content, PooledBuffer buffer, long maxBytes, CancellationToken ct)
    {
        if (content.Headers.ContentLength > maxBytes) return false;
        await using var stream = await content.ReadAsStreamAsync(ct);
        while (true)
        {
            var read = await stream.ReadAsync(buffer.GetMemory(), ct);
            if (read == 0) return true;
            buffer.Advance(read);
            if (buffer.Length > maxBytes) return false;
        }
    }
}
