using Niche.Subnet.Jobs;

namespace Niche.Storage.Jobs;

/// <summary>How a door submits.</summary>
/// <param name="Door">Name of the door.</param>
/// <param name="IdempotencyKey">Key of the caller, 1 to 200 characters; null when none.</param>
/// <param name="HideFor">
/// For how long the queue messages stay hidden because this instance runs the units at once; they are the safety net should it die.
/// Null leaves the units to whoever takes them first.
/// </param>
/// <param name="Owner">Whose the job becomes, see <see cref="Job.Owner"/>; idempotency keys of different owners are different keys.</param>
public sealed record SubmitOptions(string Door, string? IdempotencyKey = null, TimeSpan? HideFor = null, string? Owner = null)
{
    /// <summary>
    /// Called when a job is as good as accepted, before its rows: what the door keeps of it is there whenever the job is. Called again, with the same job, when
    /// the request is repeated after a crash in between.
    /// </summary>
    public Func<Job, CancellationToken, Task>? Accepting { get; init; }
}
