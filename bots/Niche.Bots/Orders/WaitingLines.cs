using Niche.Bots.Incoming;
using Niche.Bots.Platforms;
using Niche.Bots.Ports;
using Niche.Bots.Storage;
using Niche.Storage;
using Niche.Storage.Jobs;
using Niche.Subnet.Jobs;

namespace Niche.Bots.Orders;

/// <summary>
/// The open orders of a group whose platform takes few messages. One of them has a message, which shows the progress of all; the others wait without. When
/// it is over or its message is gone, the oldest of the others gets one. Rows of orders that are over are thrown away by whoever comes by them.
/// </summary>
public sealed class WaitingLines(ITableStore tables, OrderStore orders, JobStore jobs, INetworkFacts network, TimeProvider time)
{
    private const int MaxLooked = 40;

    // Sorts after all ids.
    private const string SpeakerRow = "~speaker";

    // Whose message never came is waited for by nobody.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private readonly JsonTable<OrderMark> _lines = new(tables, BotNames.Lines);

    /// <summary>Adds an order that was placed.</summary>
    /// <returns>True when another one's message shows its progress; else it needs a message of its own.</returns>
    public async Task<bool> JoinAsync(Order order, PlatformLimits limits, CancellationToken ct)
    {
        if (!Shares(order, limits)) return false;
        await _lines.UpsertAsync(KeyOf(order.Place), order.JobId, new OrderMark(order.JobId), ct).ConfigureAwait(false);
        // Who waits already comes before.
        bool after = (await ReadAsync(order, ct).ConfigureAwait(false)).Any(other => other.Waits && other.JobId != order.JobId);
        return after || !await ClaimAsync(order, ct).ConfigureAwait(false);
    }

    /// <summary>The order whose message shows the progress of another one; null when there is none yet.</summary>
    public async Task<Order?> SpeakerAsync(Order order, CancellationToken ct) =>
        await SpeakerRowAsync(order, ct).ConfigureAwait(false) is { } mark && mark.JobId != order.JobId
        && await orders.GetAsync(mark.JobId, ct).ConfigureAwait(false) is { Message: not null, Closed: false, Lost: null, Stranded: null } speaker ? speaker : null;

    /// <summary>True when an order that waits is the next to have a message: nobody else's shows its progress, and it is the oldest.</summary>
    public async Task<bool> IsNextAsync(Order order, CancellationToken ct) =>
        (await ReadAsync(order, ct).ConfigureAwait(false)).FirstOrDefault(other => other.Waits) is { } oldest && oldest.JobId == order.JobId
        && await ClaimAsync(order, ct).ConfigureAwait(false);

    /// <summary>Those whose progress the message of an order shows beside its own, oldest first.</summary>
    public async Task<IReadOnlyList<OrderProgress>> OthersAsync(Order order, PlatformLimits limits, CancellationToken ct)
    {
        if (!Shares(order, limits)) return [];
        if (await SpeakerRowAsync(order, ct).ConfigureAwait(false) is not { } speaker || speaker.JobId != order.JobId) return [];
        List<OrderProgress> others = [];
        foreach (Order other in (await ReadAsync(order, ct).ConfigureAwait(false)).Where(other => other.Waits && other.JobId != order.JobId))
        {
            if (await jobs.GetAsync(other.JobId, ct).ConfigureAwait(false) is not { IsFinal: false } job) continue;
            (int? position, TimeSpan? expected) = await network.EstimateAsync(job, ct).ConfigureAwait(false);
            others.Add(new OrderProgress(other, job, position, expected));
        }

        return others;
    }

    /// <summary>True when one message shows the progress of all where an order was placed. What is for one person's eyes is not told to a group.</summary>
    internal static bool Shares(Order order, PlatformLimits limits) =>
        limits.SharesProgress && order is { Place: { Kind: ChannelKind.Group, Channel.Length: > 0 }, Private: false };

    // Of several that come at the same moment, to whatever process, one gets the message.
    private async Task<bool> ClaimAsync(Order order, CancellationToken ct)
    {
        OrderMark? before = await SpeakerRowAsync(order, ct).ConfigureAwait(false);
        if (before is not null && before.JobId != order.JobId && await orders.GetAsync(before.JobId, ct).ConfigureAwait(false) is { } speaker && Speaks(speaker)) return false;
        OrderMark? after = await _lines.UpdateAsync(
            KeyOf(order.Place), SpeakerRow, now => now?.JobId == before?.JobId ? new OrderMark(order.JobId) : null, ct).ConfigureAwait(false);
        return after?.JobId == order.JobId;
    }

    private bool Speaks(Order order) =>
        order is { Closed: false, Lost: null, Stranded: null } && (order.Message is not null || (!order.Waits && time.GetUtcNow() - order.At < Patience));

    private Task<OrderMark?> SpeakerRowAsync(Order order, CancellationToken ct) => _lines.GetAsync(KeyOf(order.Place), SpeakerRow, ct);

    private async Task<IReadOnlyList<Order>> ReadAsync(Order order, CancellationToken ct)
    {
        List<Order> line = [];
        List<string> over = [];
        await foreach ((string row, OrderMark mark) in _lines.QueryAsync(KeyOf(order.Place), null, SpeakerRow, MaxLooked, ct).ConfigureAwait(false))
        {
            if (await orders.GetAsync(mark.JobId, ct).ConfigureAwait(false) is { Closed: false, Lost: null, Stranded: null } open) line.Add(open);
            else over.Add(row);
        }

        foreach (string row in over) await _lines.DeleteAsync(KeyOf(order.Place), row, ct).ConfigureAwait(false);
        return line;
    }

    private static string KeyOf(Place place) => Keys.Of(place.Platform, place.Channel, place.Thread ?? "-");
}
