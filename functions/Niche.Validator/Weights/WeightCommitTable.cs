using Niche.Bittensor.Chain.Weights;
using Niche.Storage;
using Niche.Validator.Network;

namespace Niche.Validator.Weights;

/// <summary>Hashed weight commits in the validator's own storage, a partition per hotkey: every instance can reveal them.</summary>
public sealed class WeightCommitTable(ITableStore tables) : IWeightCommitStore
{
    private readonly JsonTable<WeightCommit> _commits = new(tables, TableNames.Commits);

    /// <inheritdoc/>
    public Task AddAsync(WeightCommit commit, CancellationToken ct) => _commits.UpsertAsync(commit.Hotkey, commit.Hash, commit, ct);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<WeightCommit>> ListAsync(string hotkey, ushort netuid, CancellationToken ct)
    {
        List<WeightCommit> commits = [];
        await foreach ((_, WeightCommit commit) in _commits.QueryAsync(hotkey, null, null, null, ct).ConfigureAwait(false))
        {
            if (commit.Request.Netuid == netuid) commits.Add(commit);
        }

        return [.. commits.OrderBy(commit => commit.PlannedAt)];
    }

    /// <inheritdoc/>
    public Task RemoveAsync(WeightCommit commit, CancellationToken ct) => _commits.DeleteAsync(commit.Hotkey, commit.Hash, ct);
}
