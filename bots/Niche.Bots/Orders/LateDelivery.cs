using Microsoft.Extensions.Logging;
using Niche.Bots.Operation;
using Niche.Bots.Outgoing;
using Niche.Bots.People;
using Niche.Bots.Platforms;
using Niche.Bots.Texts;
using Niche.Subnet.Jobs;

namespace Niche.Bots.Orders;

/// <summary>
/// Brings the end of an order whose message can no longer be changed: the token ended, or message, channel or right are gone. The person gets it alone;
/// who takes no messages finds it in the history and is told so at the next visit.
/// </summary>
public sealed class LateDelivery(
    OrderStore orders, OrderRenderer renderer, OrderViews views, PersonStore people, BotMetrics metrics, TimeProvider time, ILogger<LateDelivery> log)
{
    private const int MaxUnseen = 8;
    private static readonly TimeSpan Look = TimeSpan.FromMinutes(1), AfterFault = TimeSpan.FromSeconds(10);

    /// <summary>True for faults after which the message is of no more use.</summary>
    public static bool Strands(PlatformFault fault) => fault is PlatformFault.Expired or PlatformFault.Gone or PlatformFault.Forbidden;

    /// <summary>Brings a stranded order, if it is over.</summary>
    /// <returns>What becomes of its row, and when to look again; null when nothing more will happen by itself.</returns>
    public async Task<(Func<Order, Order> Outcome, TimeSpan? Next)> BringAsync(Order order, JobSnapshot job, IChatPlatform platform, CancellationToken ct)
    {
        Order Stranded(Order before) => before with { Stranded = order.Stranded };
        if (!job.IsFinal) return (Stranded, Look);
        // Whoever called it off waits for nothing.
        if (job.Status == JobStatus.Cancelled) return (before => Stranded(before) with { Closed = true }, null);
        View view = await renderer.RenderAsync(order, job, platform.Limits, ct).ConfigureAwait(false);
        view = view with { Title = views.WordsOf(order).Line("late.here"), Private = false };
        try
        {
            MessageRef message = await platform.SendDirectAsync(UserOf(order), view, order.JobId, ct).ConfigureAwait(false);
            await orders.MarkAsync(message, order.JobId, ct).ConfigureAwait(false);
            DateTimeOffset shown = time.GetUtcNow();
            return (before => Stranded(before) with { Message = message, Shown = OrderBoard.DigestOf(view), ShownAt = shown, Closed = true }, null);
        }
        catch (PlatformException e)
        {
            metrics.Faulted(platform.Name, e.Fault);
            bool again = e.Fault is PlatformFault.Busy or PlatformFault.Unavailable && time.GetUtcNow() - job.FinishedAt < OrderBoard.GiveUpAfter;
            if (again) return (Stranded, e.RetryAfter is { } wait && wait > TimeSpan.Zero ? wait : AfterFault);
            log.LogInformation("Order {JobId} waits for its person on {Platform}: {First}, then {Fault}", order.JobId, platform.Name, order.Stranded, e.Fault);
            await people.ChangeAsync(platform.Name, UserOf(order), before => before with
            {
                Unseen = [.. before.Unseen.Where(one => one != order.JobId).TakeLast(MaxUnseen - 1), order.JobId],
            }, ct).ConfigureAwait(false);
            return (before => Stranded(before) with { Lost = e.Fault.ToString() }, null);
        }
    }

    private static string UserOf(Order order) => order.UserId ?? order.Owner[(order.Owner.IndexOf(':', StringComparison.Ordinal) + 1)..];
}
