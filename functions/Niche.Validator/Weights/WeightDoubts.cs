using Niche.Subnet.Policy;
using Niche.Subnet.Weights;
using Niche.Validator.Judging;
using Niche.Validator.Network;

namespace Niche.Validator.Weights;

/// <summary>
/// Decides on what the guard found, with the history that the guard does not see. A vector that jumps too far is held, but not for ever: when
/// the scores say the same in three rounds running it is no slip. And nobody is weighed before everybody was asked, or whoever is judged first
/// takes all.
/// </summary>
public sealed class WeightDoubts(
    WeightStore weights, MinerStore miners, StandingStore standings, SubnetPolicy policy, RoundLength round, TimeProvider time)
{
    /// <summary>Before the first vector: some miner was not scored yet.</summary>
    public const string NotEverybodyScored = "not_everybody_scored";

    /// <summary>Rounds in which a large change must show before it is believed, this one included.</summary>
    private const int RoundsToBelieve = 3;

    /// <summary>Why the vector must not be set; empty when it may.</summary>
    public async Task<IReadOnlyList<string>> AboutAsync(WeightVector vector, WeightCheck check, bool first, CancellationToken ct)
    {
        if (check.Reasons is [WeightGuard.TooLargeChange] && await IsSettledAsync(vector, ct).ConfigureAwait(false)) return [];
        return check.MaySet && first && !await IsEverybodyScoredAsync(ct).ConfigureAwait(false) ? [NotEverybodyScored] : check.Reasons;
    }

    // Held vectors of earlier rounds, each about the same as this one.
    private async Task<bool> IsSettledAsync(WeightVector vector, CancellationToken ct)
    {
        long thisRound = RoundOf(time.GetUtcNow());
        HashSet<long> rounds = [];
        foreach (WeightReceipt held in await weights.ListNewestAsync(RoundsToBelieve * 32, ct).ConfigureAwait(false))
        {
            if (held.Reasons is not [WeightGuard.TooLargeChange]
                || WeightGuard.Distance(new WeightVector(held.Entries, 0), vector) > policy.Weights.MaxChange) break;
            if (RoundOf(held.ComputedAt) != thisRound) rounds.Add(RoundOf(held.ComputedAt));
            if (rounds.Count >= RoundsToBelieve - 1) return true;
        }

        return false;
    }

    private async Task<bool> IsEverybodyScoredAsync(CancellationToken ct)
    {
        foreach (MinerRecord miner in await miners.ListAsync(ct).ConfigureAwait(false))
        {
            foreach (ModelPolicy model in policy.Models)
            {
                if (!miner.Serves(model.Name)) continue;
                Standing standing = await standings.GetAsync(model.Name, miner.Hotkey, ct).ConfigureAwait(false);
                if (standing.Score.Rewards.Length == 0) return false;
            }
        }

        return true;
    }

    private long RoundOf(DateTimeOffset at) => at.UtcTicks / round.Value.Ticks;
}
