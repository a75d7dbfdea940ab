namespace Niche.Subnet.Jobs;

/// <summary>Where a job, or one unit of it, stands. The last three are final.</summary>
public enum JobStatus
{
    /// <summary>Accepted and durable; waits for a free miner.</summary>
    Queued,

    /// <summary>A miner works on it.</summary>
    Running,

    /// <summary>Delivered.</summary>
    Succeeded,

    /// <summary>Given up; the error says why.</summary>
    Failed,

    /// <summary>Called off by its owner; units finished before are kept.</summary>
    Cancelled,
}
