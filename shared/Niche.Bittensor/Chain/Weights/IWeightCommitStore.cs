namespace Niche.Bittensor.Chain.Weights;

/// <summary>
/// Keeps hashed commits from before they are sent until they are revealed. A commit whose salt is lost can not be revealed: its weights never
/// count.
/// </summary>
public interface IWeightCommitStore
{
    /// <summary>Keeps a commit; once this has ended it survives a crash of process and machine.</summary>
    Task AddAsync(WeightCommit commit, CancellationToken ct);

    /// <summary>The commits of a hotkey for a subnet, all mechanisms, the oldest first.</summary>
    Task<IReadOnlyList<WeightCommit>> ListAsync(string hotkey, ushort netuid, CancellationToken ct);

    /// <summary>Forgets a commit; one that is not there is no fault.</summary>
    Task RemoveAsync(WeightCommit commit, CancellationToken ct);
}
