using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Niche.Triggers.Http;

/// <summary>Writes the engine's own error answers as problem+json (RFC 9457); they tell what the caller may know and no more.</summary>
internal static class Problem
{
    public static async Task WriteAsync(HttpContext http, int status, string title, string detail)
    {
        if (http.Response.HasStarted)
        {
            // Half an answer must not look like a whole one.
            http.Abort();
            return;
        }

        http.Response.Clear();
        http.Response.StatusCode = status;
        http.Response.ContentType = "application/problem+json";
        var problem = new Dictionary<string, object>
        {
            ["type"] = "about:blank", ["title"] = title, ["status"] = status, ["detail"] = detail, ["traceId"] = http.TraceIdentifier,
        };
        await http.Response.WriteAsync(JsonSerializer.Serialize(problem), http.RequestAborted).ConfigureAwait(false);
    }
}
