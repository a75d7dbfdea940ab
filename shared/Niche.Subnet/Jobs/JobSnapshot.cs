namespace Niche.Subnet.Jobs;

/// <summary>A job with its units as they were read together; its status follows from them.</summary>
/// <param name="Job">The fixed part.</param>
/// <param name="Units">All units by index.</param>
/// <param name="CancelRequested">Its owner called it off.</param>
public sealed record JobSnapshot(Job Job, IReadOnlyList<JobUnit> Units, bool CancelRequested)
{
    /// <summary>Units that are final.</summary>
    public int Done => Units.Count(unit => unit.IsFinal);

    /// <summary>True when every unit is final.</summary>
    public bool IsFinal => Done == Units.Count;

    /// <summary>
    /// While anything is open: running once a unit started, else queued. Then: succeeded when a picture was delivered and none failed or was
    /// called off, cancelled when its owner called it off, else failed. Pictures that were delivered stay delivered in all three.
    /// </summary>
    public JobStatus Status
    {
        get
        {
            if (!IsFinal) return Units.Any(unit => unit.Status != JobStatus.Queued) ? JobStatus.Running : JobStatus.Queued;
            if (Units.All(unit => unit.Status == JobStatus.Succeeded)) return JobStatus.Succeeded;
            return Units.Any(unit => unit.Status == JobStatus.Cancelled) ? JobStatus.Cancelled : JobStatus.Failed;
        }
    }

    /// <summary>When the first unit started.</summary>
    public DateTimeOffset? StartedAt => Units.Min(unit => unit.StartedAt);

    /// <summary>When the last unit became final; null while one is open.</summary>
    public DateTimeOffset? FinishedAt => IsFinal ? Units.Max(unit => unit.FinishedAt) : null;

    /// <summary>The first failure, if any.</summary>
    public UnitError? Error => Units.FirstOrDefault(unit => unit.Error is not null)?.Error;
}
