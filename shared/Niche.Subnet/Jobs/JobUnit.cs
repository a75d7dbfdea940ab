namespace Niche.Subnet.Jobs;

/// <summary>One picture (or the one text) of a job: the smallest piece that a miner is asked for and that finishes on its own.</summary>
/// <param name="JobId">The job it belongs to.</param>
/// <param name="Index">0-based place in the job.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="Owner">The instance that works on it; null while queued.</param>
/// <param name="LeaseUntil">Until when that instance may be believed alive.</param>
/// <param name="Attempts">Times a miner was asked.</param>
/// <param name="StartedAt">First start.</param>
/// <param name="FinishedAt">When it became final.</param>
/// <param name="Result">Set when succeeded.</param>
/// <param name="Error">Set when failed.</param>
/// <param name="Refused">Hotkeys whose work on this unit was not believed: they are not asked for it again.</param>
public sealed record JobUnit(
    string JobId, int Index, JobStatus Status, string? Owner = null, DateTimeOffset? LeaseUntil = null, int Attempts = 0,
    DateTimeOffset? StartedAt = null, DateTimeOffset? FinishedAt = null, UnitResult? Result = null, UnitError? Error = null,
    IReadOnlyList<string>? Refused = null)
{
    /// <summary>True when nothing will change any more.</summary>
    public bool IsFinal => Status is JobStatus.Succeeded or JobStatus.Failed or JobStatus.Cancelled;
}
