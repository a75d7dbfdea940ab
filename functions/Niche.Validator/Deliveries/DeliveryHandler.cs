using System.Text.Json;
using Niche.Storage;
using Niche.Storage.Jobs;
using Niche.Subnet.Jobs;

namespace Niche.Validator.Deliveries;

/// <summary>Carries finished units to the doors they came from, over the queue, so that a door that is away gets them later.</summary>
public sealed class DeliveryHandler(JobStore jobs, IQueueStore queues, IEnumerable<IDoor> doors)
{
    private readonly Dictionary<string, IDoor> _doors = doors.ToDictionary(door => door.Name, StringComparer.Ordinal);

    /// <summary>Queues the news of a unit.</summary>
    public Task AnnounceAsync(Job job, JobUnit unit, CancellationToken ct) => queues.PutAsync(
        WorkNames.Deliveries, JsonSerializer.Serialize(new DeliveryMessage(job.Id, unit.Index), JsonSerializerOptions.Web), null, null, ct);

    /// <summary>Delivers; throws when the door cannot take it now, so that the message comes back.</summary>
    public async Task RunAsync(DeliveryMessage message, CancellationToken ct)
    {
        if (await jobs.GetAsync(message.JobId, ct).ConfigureAwait(false) is not { } job) return;
        IDoor door = _doors.GetValueOrDefault(job.Job.Door)
            ?? throw new InvalidOperationException($"Job {job.Job.Id} came from the door '{job.Job.Door}', which this app does not have.");
        await door.DeliverAsync(job, message.Index, ct).ConfigureAwait(false);
    }
}
