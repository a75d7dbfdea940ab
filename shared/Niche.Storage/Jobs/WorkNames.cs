namespace Niche.Storage.Jobs;

/// <summary>Queues, containers and tables of the validator: one place, so that no two writers mean different things by a name.</summary>
public static class WorkNames
{
    /// <summary>Units of accepted jobs.</summary>
    public const string OrganicJobs = "organic-jobs";

    /// <summary>Planned requests of a round.</summary>
    public const string SyntheticJobs = "synthetic-jobs";

    /// <summary>Answers to be judged.</summary>
    public const string ScoreJobs = "score-jobs";

    /// <summary>Finished jobs to be told to the door they came from.</summary>
    public const string Deliveries = "deliveries";

    /// <summary>Container of delivered pictures.</summary>
    public const string Images = "images";

    /// <summary>Container of synthetic answers.</summary>
    public const string Dataset = "dataset";

    /// <summary>Table of jobs and their units.</summary>
    public const string Jobs = "jobs";

    /// <summary>Table of waiting units in order of arrival.</summary>
    public const string Waiting = "waiting";

    /// <summary>Table of idempotency keys.</summary>
    public const string Idempotency = "idempotency";

    /// <summary>Blob in <see cref="Images"/> of the picture that a job starts from; goes with the job.</summary>
    public static string GivenPicture(string jobId) => $"{jobId}/given";

    /// <summary>The queues that the validator's functions consume.</summary>
    public static IReadOnlyList<string> Queues { get; } = [OrganicJobs, SyntheticJobs, ScoreJobs, Deliveries];
}
