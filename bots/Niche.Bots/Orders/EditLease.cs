using System.Security.Cryptography;
using Niche.Storage;

namespace Niche.Bots.Orders;

/// <summary>
/// The right to change an order's message, for one at a time in whatever process. It lasts some seconds and is renewed as long as its holder lives: a dead
/// holder's is void soon. A holder that stood still for longer learns at the end that somebody else has it.
/// </summary>
internal sealed class EditLease : IAsyncDisposable
{
    /// <summary>How long it lasts without a sign of life.</summary>
    public static readonly TimeSpan Lasts = TimeSpan.FromSeconds(6);

    private static readonly TimeSpan RenewEvery = TimeSpan.FromSeconds(1.5);
    private readonly CancellationTokenSource _over;
    private readonly OrderStore _orders;
    private readonly TimeProvider _time;
    private readonly string _holder;
    private readonly Task _renewing;

    private EditLease(OrderStore orders, TimeProvider time, Order order, string holder, CancellationToken ct)
    {
        (_orders, _time, _holder, Order) = (orders, time, holder, order);
        _over = CancellationTokenSource.CreateLinkedTokenSource(ct);
        _renewing = RenewAsync(_over.Token);
    }

    /// <summary>The order as it was when the right was taken.</summary>
    public Order Order { get; }

    /// <summary>Takes the right, or leaves a mark for whoever has it that something changed.</summary>
    /// <returns>The right, null when somebody has it or nothing is left to be changed; and the order, null when there is none.</returns>
    public static async Task<(EditLease? Lease, Order? Order)> TakeAsync(OrderStore orders, TimeProvider time, string jobId, CancellationToken ct)
    {
        string holder = RandomNumberGenerator.GetHexString(16, lowercase: true);
        bool mine = false;
        Order? order = await orders.ChangeAsync(jobId, before =>
        {
            mine = false;
            if (before.Closed || before.Lost is not null || before is { Message: null, Stranded: null, Waits: false }) return null;
            DateTimeOffset now = time.GetUtcNow();
            mine = before.EditingUntil is null || before.EditingUntil <= now;
            return mine ? before with { Editor = holder, EditingUntil = now + Lasts, Dirty = false } : before with { Dirty = true };
        }, ct).ConfigureAwait(false);
        return (mine ? new EditLease(orders, time, order!, holder, ct) : null, order);
    }

    /// <summary>True as long as nobody else took it.</summary>
    public async Task<bool> IsHeldAsync(CancellationToken ct) =>
        await _orders.GetAsync(Order.JobId, ct).ConfigureAwait(false) is { } now && now.Editor == _holder;

    /// <summary>Gives the right back and writes down what became of the order.</summary>
    /// <returns>True when it has to be looked at again at once: something changed meanwhile, or an old view may have overwritten somebody else's newer one.</returns>
    public async Task<bool> EndAsync(Func<Order, Order> outcome, CancellationToken ct)
    {
        await DisposeAsync().ConfigureAwait(false);
        bool again = false;
        await _orders.ChangeAsync(Order.JobId, before =>
        {
            bool held = before.Editor == _holder;
            again = before.Dirty || !held;
            return held
                ? outcome(before) with { Editor = null, EditingUntil = null, Dirty = false }
                : before with { Dirty = true, Shown = null, Closed = before.Closed && before.Message?.Message != Order.Message?.Message };
        }, ct).ConfigureAwait(false);
        return again;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_renewing.IsCompleted) return;
        await _over.CancelAsync().ConfigureAwait(false);
        await _renewing.ConfigureAwait(false);
        _over.Dispose();
    }

    private async Task RenewAsync(CancellationToken ct)
    {
        using PeriodicTimer timer = new(RenewEvery, _time);
        try
        {
            while (await timer.WaitForNextTickAsync(ct).ConfigureAwait(false)) await RenewOnceAsync(ct).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
        }
    }

    private async Task RenewOnceAsync(CancellationToken ct)
    {
        try
        {
            await _orders.ChangeAsync(
                Order.JobId, before => before.Editor == _holder ? before with { EditingUntil = _time.GetUtcNow() + Lasts } : null, ct).ConfigureAwait(false);
        }
        catch (StorageException)
        {
            // The next one may succeed; if none does, the right runs out as if its holder were dead.
        }
    }
}
