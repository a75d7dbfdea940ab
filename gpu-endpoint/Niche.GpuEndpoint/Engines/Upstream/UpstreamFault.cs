using System.Net;
using System.Text.Json;

namespace Niche.GpuEndpoint.Engines.Upstream;

/// <summary>Turns a server's refusal into ours: busy stays busy with its time to wait, a refusal keeps its words, the rest is the server's fault.</summary>
internal static class UpstreamFault
{
    private const int LongestMessage = 400;

    public static UpstreamException Of(HttpStatusCode status, TimeSpan? retryAfter, ReadOnlyMemory<byte> body) => (int)status switch
    {
        429 => Busy(429, "has too many requests", retryAfter),
        503 => Busy(503, "is not ready", retryAfter),
        401 or 403 => new UpstreamException("upstream_denied", 502, "The model's server does not accept this endpoint's key; its operator must set it."),
        501 => UpstreamException.NotSupported("this"),
        >= 400 and < 500 => new UpstreamException("upstream_refused", 400, $"The model's server refuses the request: {Message(body) ?? $"status {(int)status}"}"),
        >= 500 => new UpstreamException("upstream_failed", 502, $"The model's server failed with status {(int)status}."),
        _ => UpstreamException.Invalid($"status {(int)status}"),
    };

    /// <summary>Words of a server for people: printable, and not endless.</summary>
    public static string Readable(string text) => new([.. text.Take(LongestMessage).Select(c => char.IsControl(c) || char.IsSurrogate(c) ? ' ' : c)]);

    private static UpstreamException Busy(int status, string what, TimeSpan? retryAfter) => new("upstream_busy", status, $"The model's server {what}; ask again later.")
    {
        RetryAfter = TimeSpan.FromSeconds(Math.Clamp(Math.Ceiling((retryAfter ?? TimeSpan.FromSeconds(1)).TotalSeconds), 1, 3600)),
    };

    // {"error": {"message": ...}} of OpenAI and llama.cpp, {"message": ...} of older vLLM, {"detail": ...} of its framework.
    private static string? Message(ReadOnlyMemory<byte> body)
    {
        try
        {
            var json = UpstreamJson.Parse(body);
            var error = UpstreamJson.Find(json, "error") is { ValueKind: JsonValueKind.Object } inner ? inner : json;
            return (UpstreamJson.Text(error, "message") ?? UpstreamJson.Text(error, "detail")) is { } said ? Readable(said) : null;
        }
        catch (UpstreamException)
        {
            // No JSON: the status says what there is to say.
            return null;
        }
    }
}
