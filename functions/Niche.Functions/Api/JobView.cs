using Niche.Subnet.Jobs;

namespace Niche.Functions.Api;

/// <summary>A job as the API shows it.</summary>
public sealed record JobView(
    string Id, string Kind, string Model, string Prompt, string Status, int? Position, double? EtaSeconds, DateTimeOffset CreatedAt,
    DateTimeOffset? StartedAt, DateTimeOffset? FinishedAt, JobProgress Progress, IReadOnlyList<JobResultView> Results, UnitError? Error)
{
    /// <summary>Makes the view.</summary>
    /// <param name="job">The job.</param>
    /// <param name="position">Units that wait before it; null unless it waits.</param>
    /// <param name="eta">Expected time to its end; null when final.</param>
    /// <param name="results">Its pictures.</param>
    public static JobView From(JobSnapshot job, int? position, TimeSpan? eta, IReadOnlyList<JobResultView> results) => new(
        job.Job.Id,
        job.Job.Request.Kind == JobKind.Image ? "image" : "text",
        job.Job.Request.Model,
        job.Job.Request.Prompt,
        Name(job.Status),
        position,
        eta is { } time ? Math.Round(time.TotalSeconds, 1) : null,
        job.Job.CreatedAt,
        job.StartedAt,
        job.FinishedAt,
        new JobProgress(job.Done, job.Units.Count),
        results,
        job.Error);

    private static string Name(JobStatus status) => status switch
    {
        JobStatus.Queued => "queued",
        JobStatus.Running => "running",
        JobStatus.Succeeded => "succeeded",
        JobStatus.Cancelled => "cancelled",
        _ => "failed",
    };
}
