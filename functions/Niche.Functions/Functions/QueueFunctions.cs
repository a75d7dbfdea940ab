using System.Text.Json;
using Niche.Storage;
using Niche.Storage.Jobs;
using Niche.Subnet.Jobs;
using Niche.Validator.Deliveries;
using Niche.Validator.Judging;
using Niche.Validator.Organic;
using Niche.Validator.Synthetic;

namespace Niche.Functions;

/// <summary>What the validator does by message. A failure throws: the message comes back, and after five tries goes to the poison queue.</summary>
public sealed class QueueFunctions(
    OrganicHandler organic, SyntheticHandler synthetic, ScoreHandler score, DeliveryHandler delivery, IQueueStore queues)
{
    [Function("OrganicJobs")]
    public async Task OrganicJobs([QueueTrigger(WorkNames.OrganicJobs)] UnitMessage message, CancellationToken ct)
    {
        // A unit that cannot run now comes back later as a new message: waiting for a miner is no failure and must not end in poison.
        if (await organic.RunAsync(message, ct) is { } later)
            await queues.PutAsync(WorkNames.OrganicJobs, JsonSerializer.Serialize(message, JsonSerializerOptions.Web), later, null, ct);
    }

    [Function("SyntheticJobs")]
    public Task SyntheticJobs([QueueTrigger(WorkNames.SyntheticJobs)] SyntheticMessage message, CancellationToken ct) =>
        synthetic.RunAsync(message, ct);

    [Function("ScoreJobs")]
    public Task ScoreJobs([QueueTrigger(WorkNames.ScoreJobs)] ScoreMessage message, CancellationToken ct) => score.RunAsync(message, ct);

    [Function("Deliveries")]
    public Task Deliveries([QueueTrigger(WorkNames.Deliveries)] DeliveryMessage message, CancellationToken ct) => delivery.RunAsync(message, ct);
}
