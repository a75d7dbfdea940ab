using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Niche.Studio.Tests.StandIn;

/// <summary>A problem+json answer.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Code">Stable code.</param>
/// <param name="Title">Short sentence.</param>
/// <param name="Detail">This occurrence.</param>
/// <param name="Field">The field that is wrong.</param>
/// <param name="RetryAfter">Seconds, sent as a header.</param>
public sealed record Refusal(int Status, string Code, string Title, string Detail, string? Field = null, int? RetryAfter = null)
{
    /// <summary>An unknown job.</summary>
    public static Refusal NoJob { get; } = new(404, "job_not_found", "No such job", "There is no job with this id.");

    /// <summary>An unknown receipt.</summary>
    public static Refusal NoReceipt { get; } = new(404, "receipt_not_found", "No such receipt", "There is no receipt with this id.");

    /// <summary>As the API answers it.</summary>
    public IResult ToResult(HttpContext? context = null)
    {
        if (RetryAfter is { } wait && context is not null) context.Response.Headers.RetryAfter = wait.ToString(System.Globalization.CultureInfo.InvariantCulture);
        JsonObject body = new()
        {
            ["type"] = $"urn:niche:error:{Code}", ["title"] = Title, ["status"] = Status, ["detail"] = Detail, ["code"] = Code, ["request_id"] = "0HN-7",
            ["errors"] = new JsonArray(new JsonObject { ["code"] = Code, ["field"] = Field, ["detail"] = Detail }),
        };
        return Results.Json(body, contentType: "application/problem+json", statusCode: Status);
    }
}
