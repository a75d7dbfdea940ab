using System.Text.Json.Nodes;

namespace Niche.Studio.Tests.StandIn;

/// <summary>One miner of the table.</summary>
/// <param name="Uid">Its slot.</param>
/// <param name="Hotkey">Its key.</param>
/// <param name="Score">0..1, null before the first verdict.</param>
/// <param name="Weight">0..1.</param>
/// <param name="MedianMs">Median answer time.</param>
/// <param name="Recent">Verdicts as outcome:reason, newest first.</param>
public sealed record StandInMiner(int Uid, string Hotkey, double? Score, double Weight, double? MedianMs, IReadOnlyList<string> Recent)
{
    private static readonly string[] Outcomes = ["verified", "wrong", "invalid", "late", "overloaded", "unreachable"];

    /// <summary>Whether it answers.</summary>
    public bool Online { get; init; } = true;

    /// <summary>The model that it says it serves.</summary>
    public string Model { get; init; } = "niche-scenes";

    /// <summary>As the API shows it.</summary>
    public JsonObject View(DateTimeOffset now) => new()
    {
        ["uid"] = Uid, ["hotkey"] = Hotkey, ["model"] = Model, ["status"] = Online ? "online" : "offline", ["score"] = Score, ["weight"] = Weight,
        ["share"] = 256, ["total_volume"] = 256, ["median_ms"] = MedianMs,
        ["counts"] = new JsonObject(Outcomes.Select(name =>
            KeyValuePair.Create<string, JsonNode?>(name, 9 * Recent.Count(verdict => verdict.StartsWith(name, StringComparison.Ordinal))))),
        ["recent"] = new JsonArray([.. Recent.Select((verdict, i) => new JsonObject
        {
            ["at"] = now.AddSeconds(-40 * (i + 1)), ["outcome"] = verdict.Split(':')[0], ["reason"] = verdict.Split(':')[1],
            ["score"] = verdict.StartsWith("verified", StringComparison.Ordinal) ? 0.97 : 0,
        })]),
    };
}
