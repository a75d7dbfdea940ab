using System.Text.Json.Nodes;

namespace Niche.TelegramStandIn.Wire;

/// <summary>What a call is answered with.</summary>
/// <param name="Status">Status of HTTP, and the error code when it is not 200.</param>
/// <param name="Result">The result of a success.</param>
/// <param name="Error">The description of a failure.</param>
/// <param name="RetryAfter">Seconds to wait, with status 429.</param>
/// <param name="MigratedTo">The new id of a group that became a supergroup.</param>
public sealed record ApiAnswer(int Status, JsonNode? Result, string? Error = null, int? RetryAfter = null, long? MigratedTo = null)
{
    /// <summary>A success.</summary>
    public static ApiAnswer Ok(JsonNode result) => new(200, result);

    /// <summary>A request that cannot be carried out.</summary>
    public static ApiAnswer Bad(string reason) => new(400, null, $"Bad Request: {reason}");

    /// <summary>Not allowed.</summary>
    public static ApiAnswer Forbidden(string reason) => new(403, null, $"Forbidden: {reason}");

    /// <summary>Two who want the same.</summary>
    public static ApiAnswer Conflict(string reason) => new(409, null, $"Conflict: {reason}");

    /// <summary>Too many; come back later.</summary>
    public static ApiAnswer Flood(TimeSpan wait)
    {
        int seconds = Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds));
        return new(429, null, $"Too Many Requests: retry after {seconds}", RetryAfter: seconds);
    }

    /// <summary>The body.</summary>
    public JsonObject Body()
    {
        if (Status == 200) return new JsonObject { ["ok"] = true, ["result"] = Result?.DeepClone() };
        JsonObject body = new() { ["ok"] = false, ["error_code"] = Status, ["description"] = Error };
        if (RetryAfter is { } seconds) body["parameters"] = new JsonObject { ["retry_after"] = seconds };
        if (MigratedTo is { } chat) body["parameters"] = new JsonObject { ["migrate_to_chat_id"] = chat };
        return body;
    }
}
