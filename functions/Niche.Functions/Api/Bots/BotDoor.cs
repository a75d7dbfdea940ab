using Niche.Bots.Orders;
using Niche.Subnet.Jobs;
using Niche.Validator.Deliveries;

namespace Niche.Functions.Api.Bots;

/// <summary>
/// The door of a chat platform: a finished picture makes the board look at its order. What the platform cannot take now, the order's own clock shows later;
/// a delivery never fails for it.
/// </summary>
public sealed class BotDoor(string platform, OrderBoard board) : IDoor
{
    /// <inheritdoc/>
    public string Name => platform;

    /// <inheritdoc/>
    public Task DeliverAsync(JobSnapshot job, int index, CancellationToken ct) => board.ShowAsync(job.Job.Id, ct);
}
