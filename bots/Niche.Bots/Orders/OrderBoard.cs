using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Niche.Bots.Operation;
using Niche.Bots.Outgoing;
using Niche.Bots.Platforms;
using Niche.Storage.Jobs;
using Niche.Subnet.Jobs;

namespace Niche.Bots.Orders;

/// <summary>
/// Keeps the message of each order true. Called by finished pictures, by the clock of the order and by buttons, from any process at the same time: one
/// edits, the others leave a mark that something changed, so that an older view never overwrites a newer one.
/// </summary>
public sealed class OrderBoard(
    OrderStore orders, JobStore jobs, OrderRenderer renderer, LateDelivery late, WaitingLines lines, PlatformBook platforms, BotMetrics metrics, TimeProvider time, ILogger<OrderBoard> log)
{
    private static readonly TimeSpan LeastLook = TimeSpan.FromSeconds(3), AfterFault = TimeSpan.FromSeconds(10);

    /// <summary>How long a platform that does not take it is tried after a job's end.</summary>
    internal static readonly TimeSpan GiveUpAfter = TimeSpan.FromHours(2);

    /// <summary>Makes the message of an order show what is the case.</summary>
    /// <returns>When to look again; null when nothing more will happen by itself.</returns>
    public async Task<TimeSpan?> ShowAsync(string jobId, CancellationToken ct)
    {
        while (true)
        {
            (EditLease? lease, Order? order) = await EditLease.TakeAsync(orders, time, jobId, ct).ConfigureAwait(false);
            if (order is null || order.Closed || order.Lost is not null) return null;
            if (lease is null)
            {
                DateTimeOffset now = time.GetUtcNow();
                // Without a message yet there is nothing to edit; an order whose message never came is let go in the end.
                if (order is { Message: null, Waits: false }) return now - order.At > GiveUpAfter ? null : LeastLook;
                // Whoever edits may be dead: then the right is free soon.
                return order.EditingUntil - now < LeastLook ? order.EditingUntil - now : LeastLook;
            }

            await using (lease.ConfigureAwait(false))
            {
                (Func<Order, Order> outcome, TimeSpan? next) = await EditAsync(lease, ct).ConfigureAwait(false);
                bool again = await lease.EndAsync(outcome, ct).ConfigureAwait(false);
                if (!again || next > LeastLook) return next;
            }
        }
    }

    /// <summary>Shows at once what changed with an order that waits in another one's message, whatever the pace of that one.</summary>
    public async Task ShowPlaceAsync(Order order, CancellationToken ct)
    {
        if (await lines.SpeakerAsync(order, ct).ConfigureAwait(false) is not { } speaker) return;
        await orders.ChangeAsync(speaker.JobId, before => before with { ShownAt = null }, ct).ConfigureAwait(false);
        await ShowAsync(speaker.JobId, ct).ConfigureAwait(false);
    }

    private async Task<(Func<Order, Order> Outcome, TimeSpan? Next)> EditAsync(EditLease lease, CancellationToken ct)
    {
        Order order = lease.Order;
        if (platforms.Find(order.Place.Platform) is not { } platform) return (before => before, AfterFault);
        if (await jobs.GetAsync(order.JobId, ct).ConfigureAwait(false) is not { } job) return (before => before with { Closed = true }, null);
        if (order.Stranded is not null) return await late.BringAsync(order, job, platform, ct).ConfigureAwait(false);
        TimeSpan pace = order.Place.Kind == Incoming.ChannelKind.Private ? platform.Limits.EditEvery : platform.Limits.EditEveryInGroup;
        TimeSpan look = pace > LeastLook ? pace : LeastLook;
        DateTimeOffset now = time.GetUtcNow();
        if (order.Message is null && !job.IsFinal && !await lines.IsNextAsync(order, ct).ConfigureAwait(false)) return (before => before, look);
        // Whoever called it off before it had a message waits for nothing.
        if (order.Message is null && job.Status == JobStatus.Cancelled && job.Units.All(unit => unit.Result is null)) return (before => before with { Closed = true }, null);
        if (!job.IsFinal && order.ShownAt + pace > now) return (before => before, order.ShownAt + pace - now);
        View view = await renderer.RenderAsync(order, job, platform.Limits, ct).ConfigureAwait(false);
        string digest = DigestOf(view);
        if (digest == order.Shown) return (before => before with { Closed = job.IsFinal }, job.IsFinal ? null : look);
        try
        {
            MessageRef message = order.Message is { } shown
                ? await platform.EditAsync(shown, view, ct).ConfigureAwait(false)
                : await platform.SendAsync(order.Place, view, isFirst: true, ct).ConfigureAwait(false);
            metrics.Edited(platform.Name);
            if (message != order.Message) await orders.MarkAsync(message, order.JobId, ct).ConfigureAwait(false);
            return (before => before with { Message = message, Waits = false, Shown = digest, ShownAt = time.GetUtcNow(), Closed = job.IsFinal }, job.IsFinal ? null : look);
        }
        catch (PlatformException e)
        {
            metrics.Faulted(platform.Name, e.Fault);
            bool again = e.Fault is PlatformFault.Busy or PlatformFault.Unavailable && now - (job.FinishedAt ?? now) < GiveUpAfter;
            if (again) return (before => before, e.RetryAfter is { } wait && wait > TimeSpan.Zero ? wait : AfterFault);
            // The message may be gone because somebody else showed the end meanwhile.
            if (!await lease.IsHeldAsync(ct).ConfigureAwait(false)) return (before => before, TimeSpan.Zero);
            if (LateDelivery.Strands(e.Fault)) return await late.BringAsync(order with { Stranded = e.Fault.ToString() }, job, platform, ct).ConfigureAwait(false);
            log.LogWarning("Order {JobId} can no longer be shown on {Platform}: {Fault}, {Reason}", order.JobId, platform.Name, e.Fault, e.Message);
            return (before => before with { Lost = e.Fault.ToString() }, null);
        }
    }

    /// <summary>Digest of a view: two that look the same have the same.</summary>
    public static string DigestOf(View view) => Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(view)))[..32];
}
