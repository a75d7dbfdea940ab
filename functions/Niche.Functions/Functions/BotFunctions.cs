using System.Text.Json;
using Niche.Bots.Handling;
using Niche.Bots.Operation;
using Niche.Bots.Orders;
using Niche.Storage;
using Niche.Storage.Jobs;

namespace Niche.Functions;

/// <summary>What the bots do by message and by the clock. What cannot be done now comes back later as a new message: waiting is no failure.</summary>
public sealed class BotFunctions(
    UpdateHandler updates, ProgressHandler progress, Announcements announcements, BotUpkeep upkeep, IQueueStore queues)
{
    [Function("BotUpdates")]
    public async Task Updates([QueueTrigger(BotNames.Updates)] string message, CancellationToken ct)
    {
        if (await updates.RunAsync(message, ct) is { } later) await queues.PutAsync(BotNames.Updates, message, later, null, ct);
    }

    [Function("BotProgress")]
    public async Task Progress([QueueTrigger(BotNames.Progress)] OrderMark message, CancellationToken ct)
    {
        if (await progress.RunAsync(message, ct) is { } later)
            await queues.PutAsync(BotNames.Progress, JsonSerializer.Serialize(message, JsonSerializerOptions.Web), later, null, ct);
    }

    [Function("BotAnnouncements")]
    public async Task Announce([QueueTrigger(BotNames.Announcements)] Announcement message, CancellationToken ct)
    {
        if (await announcements.RunAsync(message, ct) is { } later)
            await queues.PutAsync(BotNames.Announcements, JsonSerializer.Serialize(message, JsonSerializerOptions.Web), later, null, ct);
    }

    [Function("BotUpkeep")]
    public Task Upkeep([TimerTrigger("%Schedules:BotUpkeep%")] TimerInfo timer, CancellationToken ct) => upkeep.RunAsync(ct);
}
