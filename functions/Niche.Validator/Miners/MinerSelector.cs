using Niche.Validator.Judging;
using Niche.Validator.Network;

namespace Niche.Validator.Miners;

/// <summary>
/// Chooses who gets an organic request: among those that serve the model and have share left, the one that should be done first, counting what
/// it is doing already, and weighed by how far its work was believed so far.
/// </summary>
public sealed class MinerSelector(MinerStore miners, StandingStore standings, ShareBook shares)
{
    // A newcomer is tried, but not before somebody who is known to be good and free.
    private const double TrustOfNobody = 0.2;
    private const double UnknownMilliseconds = 1000;

    /// <summary>Who to ask, best first; without those in <paramref name="tried"/>.</summary>
    public async Task<IReadOnlyList<MinerRecord>> RankAsync(string model, IReadOnlySet<string> tried, TimeSpan interval, CancellationToken ct)
    {
        List<(double Cost, MinerRecord Miner)> free = [];
        foreach (MinerRecord miner in await ListServingAsync(model, ct).ConfigureAwait(false))
        {
            (int left, int inFlight) = shares.Look(miner, interval);
            if (left == 0 || tried.Contains(miner.Hotkey)) continue;
            Standing standing = await standings.GetAsync(model, miner.Hotkey, ct).ConfigureAwait(false);
            free.Add((CostOf(standing, inFlight), miner));
        }

        return [.. free.OrderBy(candidate => candidate.Cost).Select(candidate => candidate.Miner)];
    }

    /// <summary>Everybody who serves a model now, free or not.</summary>
    public async Task<IReadOnlyList<MinerRecord>> ListServingAsync(string model, CancellationToken ct) =>
        [.. (await miners.ListAsync(ct).ConfigureAwait(false)).Where(miner => miner.Serves(model))];

    private static double CostOf(Standing standing, int inFlight)
    {
        double trust = standing.Score.Rewards.Length == 0 ? TrustOfNobody : standing.Score.Rewards.Average();
        double time = standing.MedianMilliseconds ?? UnknownMilliseconds;
        return (inFlight + 1) * time / (0.02 + (trust * trust));
    }
}
