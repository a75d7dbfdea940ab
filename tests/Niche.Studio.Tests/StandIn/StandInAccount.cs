using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Niche.Studio.Tests.StandIn;

/// <summary>The account behind the one key that is good, as the API plays it.</summary>
public sealed class StandInAccount
{
    /// <summary>The key.</summary>
    public const string Key = "niche_0f3c9a1b2d4e5f60_00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";

    /// <summary>A code of a chat.</summary>
    public const string Code = "7KQ2M-XW9PD";

    /// <summary>Orders, newest first.</summary>
    public List<(StandInJob Job, string Door)> Orders { get; } = [];

    /// <summary>Platforms that were joined.</summary>
    public List<string> Doors { get; } = ["discord"];

    /// <summary>The key was revoked.</summary>
    public bool IsRevoked { get; set; }

    /// <summary>True for requests of the account.</summary>
    public bool Knows(HttpContext context) => !IsRevoked && context.Request.Headers.Authorization == $"Bearer {Key}";

    /// <summary>What a request without a good key is told.</summary>
    public static Refusal Refused { get; } = new(401, "unauthorized", "Credentials are missing or wrong", "This API key is unknown or was revoked.");

    /// <summary>As GET /v1/account shows it.</summary>
    public JsonObject View() => new()
    {
        ["doors"] = new JsonArray([.. Doors.Select(door => JsonValue.Create(door))]),
        ["keys"] = new JsonArray(new JsonObject
        {
            ["id"] = Key.Split('_')[1], ["prefix"] = Key[..22], ["name"] = "studio", ["created_at"] = TimeProvider.System.GetUtcNow(), ["used_on"] = "2026-01-01", ["is_this"] = true,
        }),
        ["pictures"] = new JsonObject { ["used"] = 3, ["per_hour"] = 120 }, ["texts"] = new JsonObject { ["used"] = 0, ["per_hour"] = 240 }, ["open_orders"] = 5,
    };

    /// <summary>As GET /v1/history shows it.</summary>
    public JsonObject Page(string? before, int limit)
    {
        int from = before is null ? 0 : Orders.FindIndex(order => order.Job.Id == before) + 1;
        return new JsonObject
        {
            ["data"] = new JsonArray([.. Orders.Skip(from).Take(limit).Select(order => Entry(order.Job, order.Door))]), ["has_more"] = Orders.Count > from + limit,
        };
    }

    private static JsonObject Entry(StandInJob job, string door)
    {
        JsonObject view = job.View();
        JsonObject entry = new() { ["id"] = job.Id, ["door"] = door, ["seed"] = job.SeedOf(0), ["created_at"] = view["created_at"]!.DeepClone(), ["favorite"] = false, ["job"] = view };
        foreach (string name in (string[])["prompt", "model", "width", "height", "steps", "guidance", "count"]) entry[name] = job.Request[name]!.DeepClone();
        return entry;
    }
}
