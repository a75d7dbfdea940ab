using System.Text.Json.Nodes;

namespace Niche.Studio.Tests.StandIn;

/// <summary>The network as /v1/miners shows it: one honest miner, one that skips steps, one that replays, one that is gone.</summary>
public sealed class StandInNetwork
{
    private static readonly string[] Honest = ["verified:match", "verified:match", "verified:match", "late:timed_out", "verified:match", "verified:match", "verified:match", "verified:match"];
    private static readonly string[] Hasty = ["wrong:other_settings", "wrong:other_settings", "verified:match", "wrong:other_settings", "overloaded:overloaded"];
    private static readonly string[] Replayer = ["wrong:replayed", "invalid:wrong_size", "wrong:other_content", "wrong:replayed"];

    /// <summary>The validator's key.</summary>
    public const string Validator = "5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY";

    /// <summary>The miners; tests may replace them.</summary>
    public IReadOnlyList<StandInMiner> Miners { get; set; } =
    [
        new(1, StandInJob.Hotkey, 0.94, 0.81, 214, Honest),
        new(2, "5FLSigC9HGRKVhB9FiEo4Y3koPsNmBmLJbpXg2mp1hXcS59Y", 0.31, 0.15, 131, Hasty),
        new(3, "5DAAnrj7VHTznn2AWBemMuyBwZWs6FNFjdyVXUeYum3PTXFy", 0.04, 0.04, 12, Replayer),
        new(7, "5HGjWAeFDfFCWPsjFQdVV2Msvz2XtMktvgocEZcCj68kUMaw", null, 0, null, ["unreachable:unreachable"]) { Online = false },
    ];

    /// <summary>Number of the round.</summary>
    public int Round { get; set; } = 12;

    /// <summary>As the API shows it.</summary>
    public JsonObject View()
    {
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        return new JsonObject
        {
            ["block"] = 4_211_907,
            ["validator"] = new JsonObject { ["hotkey"] = Validator, ["uid"] = 0 },
            ["round"] = new JsonObject { ["number"] = Round, ["started_at"] = now.AddSeconds(-21), ["ends_at"] = now.AddSeconds(39), ["planned"] = 60, ["done"] = 34 },
            ["queues"] = new JsonObject { ["organic"] = 2, ["synthetic"] = 5, ["score"] = 1, ["deliveries"] = 0 },
            ["miners"] = new JsonArray([.. Miners.Select(miner => miner.View(now))]),
        };
    }
}
