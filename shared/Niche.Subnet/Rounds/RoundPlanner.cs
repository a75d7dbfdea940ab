using Niche.Subnet.Capacity;

namespace Niche.Subnet.Rounds;

/// <summary>
/// Spreads each miner's synthetic requests evenly over the interval: slot k of n gets one request at a uniform moment inside the slot, and one
/// slot, uniformly chosen, is scored. A miner sees requests that differ in nothing, so it must serve all of them well.
/// The plan follows from the secret, the round and the miner alone: planning again after a crash gives the same ids.
/// </summary>
public static class RoundPlanner
{
    /// <summary>Plans a round.</summary>
    /// <param name="id">Round.</param>
    /// <param name="miners">Distinct pairs of hotkey and model in any order; a share of 0 is left out.</param>
    /// <param name="interval">Length of the round.</param>
    /// <param name="secret">The validator's secret sequence.</param>
    /// <param name="syntheticPart">Part of a share for synthetic requests, see <see cref="SyntheticSplit"/>.</param>
    /// <param name="maxPerMiner">Most synthetic requests per miner and round, for validators with little of their own capacity.</param>
    /// <exception cref="ArgumentException">A hotkey appears twice with one model.</exception>
    public static RoundPlan Plan(
        RoundId id,
        IReadOnlyList<PlannedMiner> miners,
        TimeSpan interval,
        SecretRandom secret,
        double syntheticPart = 0.8,
        int maxPerMiner = int.MaxValue)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(interval, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxPerMiner, 1);
        var seen = new HashSet<(string, string)>();
        var items = new List<RoundItem>();
        foreach (var miner in miners)
        {
            if (!seen.Add((miner.Hotkey, miner.Model)))
                throw new ArgumentException($"Hotkey {miner.Hotkey} appears twice with model {miner.Model}.", nameof(miners));
            AddMiner(items, id, miner, interval, secret, Math.Min(SyntheticSplit.Of(miner.Share, syntheticPart).Synthetic, maxPerMiner));
        }

        items.Sort((a, b) => a.DueIn != b.DueIn ? a.DueIn.CompareTo(b.DueIn) : string.CompareOrdinal(a.Id, b.Id));
        return new RoundPlan(id, items);
    }

    private static void AddMiner(List<RoundItem> items, RoundId id, PlannedMiner miner, TimeSpan interval, SecretRandom secret, int count)
    {
        if (count == 0) return;
        var random = secret.Derive($"round:{id}:{miner.Hotkey}:{miner.Model}");
        var scored = (int)random.Next(count);
        var slot = interval / count;
        for (var k = 0; k < count; k++)
        {
            var due = (slot * k) + (slot * random.NextDouble());
            items.Add(new RoundItem(random.NextId(), miner.Uid, miner.Hotkey, miner.Model, due, k == scored));
        }
    }
}
