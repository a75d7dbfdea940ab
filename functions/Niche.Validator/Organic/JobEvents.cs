using System.Collections.Concurrent;

namespace Niche.Validator.Organic;

/// <summary>
/// Tells waiters in this process that a job changed, so that they need not wait for their next poll. A hint, not the truth: the truth is the
/// job's rows, and a waiter on another instance sees it there.
/// </summary>
public sealed class JobEvents
{
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _changes = new(StringComparer.Ordinal);

    /// <summary>A task that completes at the next change; take it before reading the rows, or a change in between is missed.</summary>
    public Task NextAsync(string jobId) =>
        _changes.GetOrAdd(jobId, _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    /// <summary>Wakes all who wait for the job.</summary>
    public void Changed(string jobId)
    {
        if (_changes.TryRemove(jobId, out TaskCompletionSource? change)) change.TrySetResult();
    }

    /// <summary>Forgets a job that nobody waits for any more.</summary>
    public void Forget(string jobId) => _changes.TryRemove(jobId, out _);
}
