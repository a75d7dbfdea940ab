using System.Globalization;

namespace Niche.Bittensor.Chain.Weights;

/// <summary>Goes through the hashed commits of a hotkey: reveals what is due, forgets what is over, reports what happened.</summary>
/// <param name="store">Keeps the commits.</param>
/// <param name="look">The schedule of a storage index and what the chain keeps there; null for a subnet without epochs.</param>
/// <param name="reveal">Sends the reveal of a commit.</param>
internal sealed class CommitReveals(
    IWeightCommitStore store,
    Func<ushort, CancellationToken, Task<(RevealSchedule Schedule, IReadOnlyList<ChainCommit> OnChain)?>> look,
    Func<WeightCommit, CancellationToken, Task<WeightsResult>> reveal)
{
    public async Task<IReadOnlyList<WeightsResult>> RunAsync(IReadOnlyList<WeightCommit> kept, CancellationToken ct)
    {
        List<WeightsResult> results = [];
        foreach (var group in kept.GroupBy(commit => commit.Request.StorageIndex))
        {
            if (await look(group.Key, ct) is not var (schedule, onChain)) continue;
            foreach (var commit in group)
            {
                var how = schedule.StateOf(commit.PlannedAt, onChain.FirstOrDefault(one => one.Hash == commit.Hash));
                if (await HandleAsync(commit, how, schedule.Block, ct) is { } result) results.Add(result);
            }
        }

        return results;
    }

    private async Task<WeightsResult?> HandleAsync(WeightCommit commit, RevealState how, ulong block, CancellationToken ct)
    {
        if (how is RevealState.Unconfirmed or RevealState.Waiting) return null;
        var result = how switch
        {
            RevealState.Due => await reveal(commit, ct),
            RevealState.Expired => Expired(commit, block),
            _ => null,
        };

        // A reveal that failed is tried again while its epoch lasts.
        if (result is not { Step: WeightStep.Revealed, Success: false }) await store.RemoveAsync(commit, ct);
        return result;
    }

    private static WeightsResult Expired(WeightCommit commit, ulong block) =>
        new(WeightStep.Expired, null, new ExtrinsicResult(false, null, null, "ExpiredWeightCommit")
        {
            Outcome = ExtrinsicOutcome.Expired,
            Detail = string.Create(
                CultureInfo.InvariantCulture, $"The epoch in which {commit.Hash} had to be revealed is over at block {block}; its weights never count."),
        });
}
