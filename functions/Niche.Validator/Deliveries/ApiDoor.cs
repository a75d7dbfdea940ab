using Niche.Subnet.Jobs;
using Niche.Validator.Organic;

namespace Niche.Validator.Deliveries;

/// <summary>HTTP callers wait or come back by themselves: whoever waits in this process is woken.</summary>
public sealed class ApiDoor(JobEvents events) : IDoor
{
    /// <inheritdoc/>
    public string Name => "api";

    /// <inheritdoc/>
    public Task DeliverAsync(JobSnapshot job, int index, CancellationToken ct)
    {
        events.Changed(job.Job.Id);
        return Task.CompletedTask;
    }
}
