using Niche.Storage.Jobs;
using Niche.Subnet.Verification;
using Niche.Validator.Judging;
using Niche.Validator.Network;

namespace Niche.Functions.Api;

/// <summary>Answer of <c>GET /v1/miners</c>.</summary>
public sealed record NetworkBody(
    ulong? Block, NetworkValidator Validator, NetworkRound? Round, NetworkQueues Queues, IReadOnlyList<NetworkMiner> Miners)
{
    /// <summary>Makes the answer.</summary>
    public static NetworkBody From(NetworkSnapshot network) => new(
        network.Block,
        new NetworkValidator(network.ValidatorHotkey, network.ValidatorUid),
        network.Round is { } round ? new NetworkRound(round.Number, round.StartedAt, round.EndsAt, round.Planned, round.Done) : null,
        new NetworkQueues(
            network.Queues[WorkNames.OrganicJobs], network.Queues[WorkNames.SyntheticJobs],
            network.Queues[WorkNames.ScoreJobs], network.Queues[WorkNames.Deliveries]),
        [.. network.Miners.Select(NetworkMiner.From)]);
}

/// <summary>The validator that answers.</summary>
public sealed record NetworkValidator(string Hotkey, int? Uid);

/// <summary>The newest round.</summary>
public sealed record NetworkRound(long Number, DateTimeOffset StartedAt, DateTimeOffset EndsAt, int Planned, int Done);

/// <summary>Messages that wait or are being worked on.</summary>
public sealed record NetworkQueues(long Organic, long Synthetic, long Score, long Deliveries);

/// <summary>A miner as people see it.</summary>
public sealed record NetworkMiner(
    int Uid, string Hotkey, string? Model, string Status, string? Fault, double? Score, double Weight, int Share, int TotalVolume,
    IReadOnlyDictionary<string, long> Counts, double? MedianMs, IReadOnlyList<RecentVerdict> Recent)
{
    /// <summary>Makes the view.</summary>
    public static NetworkMiner From(MinerStanding miner) => new(
        miner.Miner.Uid, miner.Miner.Hotkey, miner.Miner.Model, miner.Miner.Online ? "online" : "offline", miner.Miner.Fault, miner.Score, miner.Weight,
        miner.Miner.Share, miner.Miner.TotalVolume,
        Enum.GetValues<VerdictOutcome>().ToDictionary(outcome => outcome.ToString().ToLowerInvariant(), outcome => miner.Standing.Score.Counts[outcome]),
        miner.Standing.MedianMilliseconds is { } median ? Math.Round(median) : null,
        miner.Standing.Recent);
}
