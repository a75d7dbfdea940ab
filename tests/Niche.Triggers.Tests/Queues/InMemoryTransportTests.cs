using System.Text;
using CsCheck;
using Microsoft.Extensions.Time.Testing;
using Niche.Triggers.Queues;

namespace Niche.Triggers.Tests.Queues;

public sealed class InMemoryTransportTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
    private readonly InMemoryQueueTransport _queues;

    public InMemoryTransportTests() => _queues = new InMemoryQueueTransport(_time);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Messages_come_in_order_with_growing_counts_and_new_receipts()
    {
        await Put("a");
        await Put("b");
        var (a, b) = (await Take(), await Take());
        Assert.Equal(("a", 1L, "b"), (Text(a!), a!.DequeueCount, Text(b!)));
        Assert.Null(await Take());
        _time.Advance(Minute);
        var again = await Take();
        Assert.Equal(("a", 2L), (Text(again!), again!.DequeueCount));
        Assert.NotEqual(a.PopReceipt, again.PopReceipt);
        Assert.False(await _queues.DeleteAsync("work", a.Id, a.PopReceipt, Token));
        Assert.True(await _queues.DeleteAsync("work", again.Id, again.PopReceipt, Token));
        Assert.False(await _queues.DeleteAsync("work", again.Id, again.PopReceipt, Token));
    }

    [Fact]
    public async Task A_receipt_stays_good_after_its_lease_until_somebody_else_receives()
    {
        await Put("a");
        var item = await Take();
        _time.Advance(Minute * 2);
        Assert.True(await _queues.DeleteAsync("work", item!.Id, item.PopReceipt, Token));
        Assert.Null(await Take());
        Assert.Equal(0, await _queues.ApproximateCountAsync("work", Token));
    }

    [Fact]
    public async Task An_update_gives_a_new_receipt_and_voids_the_old_one()
    {
        await Put("a");
        var item = (await Take())!;
        var receipt = await _queues.UpdateVisibilityAsync("work", item.Id, item.PopReceipt, Minute * 3, Token);
        Assert.NotNull(receipt);
        Assert.Null(await _queues.UpdateVisibilityAsync("work", item.Id, item.PopReceipt, Minute, Token));
        _time.Advance(Minute * 2);
        Assert.Null(await Take());
        Assert.NotNull(await _queues.UpdateVisibilityAsync("work", item.Id, receipt!, TimeSpan.Zero, Token));
        Assert.Equal(2, (await Take())!.DequeueCount);
    }

    [Fact]
    public async Task Delays_and_expiries_are_kept_to_the_tick()
    {
        await _queues.PutAsync("work", "a"u8.ToArray(), Minute, Minute * 2, Token);
        _time.Advance(Minute - TimeSpan.FromTicks(1));
        Assert.Null(await Take());
        _time.Advance(TimeSpan.FromTicks(1));
        var item = (await Take(TimeSpan.FromSeconds(1)))!;
        Assert.Equal(_time.GetUtcNow() + Minute, item.ExpiresOn);
        _time.Advance(Minute);
        Assert.Equal(0, await _queues.ApproximateCountAsync("work", Token));
        Assert.False(await _queues.DeleteAsync("work", item.Id, item.PopReceipt, Token));
        Assert.Null(await Take());
    }

    [Fact]
    public async Task Arrivals_are_told_for_visible_puts_until_the_subscription_ends()
    {
        var told = 0;
        using (_queues.SubscribeArrivals("work", () => told++))
        {
            await Put("a");
            await _queues.PutAsync("work", "b"u8.ToArray(), Minute, null, Token);
            await _queues.PutAsync("other", "c"u8.ToArray(), TimeSpan.Zero, null, Token);
        }

        await Put("d");
        Assert.Equal(1, told);
    }

    [Fact]
    public async Task What_is_out_of_range_is_refused()
    {
        await Assert.ThrowsAsync<QueueMessageTooLargeException>(async () =>
            await _queues.PutAsync("work", new byte[QueueMessageTooLargeException.MaxBytes + 1], TimeSpan.Zero, null, Token));
        await _queues.PutAsync("work", new byte[QueueMessageTooLargeException.MaxBytes], TimeSpan.Zero, null, Token);
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await _queues.ReceiveAsync("work", 33, Minute, Token));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await _queues.ReceiveAsync("work", 1, TimeSpan.Zero, Token));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await _queues.PutAsync("work", "a"u8.ToArray(), TimeSpan.FromDays(8), null, Token));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await _queues.PutAsync("work", "a"u8.ToArray(), Minute, Minute, Token));
        await Assert.ThrowsAsync<ArgumentException>(async () => await _queues.PutAsync("No_Queue", "a"u8.ToArray(), TimeSpan.Zero, null, Token));
    }

    /// <summary>Any sequence of operations agrees with a list of messages that is searched from the front.</summary>
    [Fact]
    public async Task Every_sequence_of_operations_agrees_with_the_plain_model()
    {
        var step = Gen.Select(Gen.Int[0, 5], Gen.Int[0, 40]);
        await step.Array[1, 80].SampleAsync(async steps =>
        {
            var clock = new FakeTimeProvider(_time.GetUtcNow());
            var queues = new InMemoryQueueTransport(clock);
            var model = new PlainQueue(clock);
            var held = new List<(string Id, string Receipt, PlainQueue.Held Held)>();
            foreach (var (operation, argument) in steps)
            {
                var seconds = TimeSpan.FromSeconds(argument);
                switch (operation)
                {
                    case 0:
                        var ttl = argument % 3 == 0 ? seconds + TimeSpan.FromSeconds(20) : (TimeSpan?)null;
                        var delay = argument % 2 == 0 ? TimeSpan.Zero : seconds;
                        await queues.PutAsync("work", Encoding.UTF8.GetBytes(model.Put(delay, ttl)), delay, ttl, default);
                        break;
                    case 1:
                        clock.Advance(seconds);
                        break;
                    case 2 or 3:
                        var items = await queues.ReceiveAsync("work", 1 + (argument % 4), seconds + TimeSpan.FromSeconds(1), default);
                        foreach (var item in items)
                            held.Add((item.Id, item.PopReceipt, model.Receive(Text(item), item.DequeueCount, seconds + TimeSpan.FromSeconds(1))));
                        Assert.True(items.Count == 1 + (argument % 4) || !model.HasVisible);
                        break;
                    case 4 when held.Count > 0:
                        var (id, receipt, mine) = held[argument % held.Count];
                        Assert.Equal(model.Delete(mine), await queues.DeleteAsync("work", id, receipt, default));
                        break;
                    case 5 when held.Count > 0:
                        var index = argument % held.Count;
                        var fresh = await queues.UpdateVisibilityAsync("work", held[index].Id, held[index].Receipt, seconds, default);
                        var expected = model.Update(held[index].Held, seconds);
                        Assert.Equal(expected is not null, fresh is not null);
                        if (fresh is not null)
                            held.Add((held[index].Id, fresh, expected!));
                        break;
                }

                Assert.Equal(model.Count, await queues.ApproximateCountAsync("work", default));
            }
        }, iter: 400);
    }

    private static string Text(QueueItem item) => Encoding.UTF8.GetString(item.Body.Span);

    private ValueTask Put(string text) => _queues.PutAsync("work", Encoding.UTF8.GetBytes(text), TimeSpan.Zero, null, Token);

    private async Task<QueueItem?> Take(TimeSpan? visibility = null) =>
        (await _queues.ReceiveAsync("work", 1, visibility ?? Minute, Token)).SingleOrDefault();
}
