using Niche.Bots.Orders;
using Niche.Bots.Outgoing;
using Niche.Bots.Platforms;
using Niche.Bots.Tests.Rig;

namespace Niche.Bots.Tests.Orders;

/// <summary>One at a time changes the message of an order; the dead are not waited for, the slow are, and who stood still harms nothing.</summary>
public sealed class EditLeaseTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_order_of_a_process_that_dies_while_it_edits_is_taken_over_within_seconds()
    {
        await using Parlor parlor = new();
        Order order = await PaintedWithNobodyLookingAsync(parlor);
        using CancellationTokenSource life = new();
        (Task editing, Task started) = Hold(parlor, new TaskCompletionSource().Task, () => parlor.Get<OrderBoard>().ShowAsync(order.JobId, life.Token));
        await started.WaitAsync(Limit, Ct);
        await life.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => editing.WaitAsync(Limit, Ct));
        parlor.Paper.BeforeEdit = null;
        await parlor.RestartAsync();
        await parlor.PassAsync(TimeSpan.FromSeconds(2));
        Assert.Equal(Tone.Busy, parlor.Paper.Messages["m1"].Tone);
        for (int i = 0; i < 5; i++) await parlor.PassAsync(TimeSpan.FromSeconds(1));
        Assert.Equal((Tone.Good, 1), (parlor.Paper.Messages["m1"].Tone, parlor.Paper.Edits));
    }

    [Fact]
    public async Task Who_needs_long_for_an_edit_stays_the_only_one()
    {
        await using Parlor parlor = new();
        Order order = await PaintedWithNobodyLookingAsync(parlor);
        TaskCompletionSource free = new();
        (Task editing, Task started) = Hold(parlor, free.Task, () => parlor.Get<OrderBoard>().ShowAsync(order.JobId, Ct));
        await started.WaitAsync(Limit, Ct);
        parlor.Paper.BeforeEdit = (_, _) => throw new InvalidOperationException("Two edit at once.");
        for (int i = 0; i < 10; i++)
        {
            parlor.Time.Advance(TimeSpan.FromSeconds(2));
            await RenewedAsync(parlor, order);
            Assert.NotNull(await parlor.Get<OrderBoard>().ShowAsync(order.JobId, Ct));
        }

        parlor.Paper.BeforeEdit = null;
        free.SetResult();
        await editing.WaitAsync(Limit, Ct);
        Assert.True((await parlor.NewestAsync("ann")) is { Closed: true, Editor: null });
        Assert.Equal(1, parlor.Paper.Edits);
    }

    [Fact]
    public async Task Who_stood_still_and_overwrites_a_newer_view_puts_it_right()
    {
        await using Parlor parlor = new();
        await parlor.SayAsync("ann", "imagine", "a house --count 4");
        Order order = await parlor.NewestAsync("ann");
        await parlor.PaintAsync(order.JobId, 1);
        TaskCompletionSource free = new();
        parlor.Time.Advance(TimeSpan.FromSeconds(4));
        (Task editing, Task started) = Hold(parlor, free.Task, () => parlor.Get<OrderBoard>().ShowAsync(order.JobId, Ct));
        await started.WaitAsync(Limit, Ct);
        parlor.Paper.BeforeEdit = null;
        // As if the time had run out while the machine slept.
        await parlor.Get<OrderStore>().ChangeAsync(order.JobId, before => before with { EditingUntil = parlor.Time.GetUtcNow() }, Ct);
        await parlor.PaintAsync(order.JobId);
        Assert.Equal(Tone.Good, parlor.Paper.Messages["m1"].Tone);
        free.SetResult();
        await editing.WaitAsync(Limit, Ct);
        Assert.Equal(Tone.Good, parlor.Paper.Messages["m1"].Tone);
        Assert.True((await parlor.NewestAsync("ann")).Closed);
    }

    // The platform was busy when the picture was finished: its end waits for the clock.
    private static async Task<Order> PaintedWithNobodyLookingAsync(Parlor parlor)
    {
        await parlor.SayAsync("ann", "imagine", "a house");
        Order order = await parlor.NewestAsync("ann");
        parlor.Paper.FailEdits.Enqueue(new PlatformException(PlatformFault.Busy, "429", TimeSpan.FromSeconds(1)));
        await parlor.PaintAsync(order.JobId);
        Assert.Equal(0, parlor.Paper.Edits);
        return order;
    }

    private static (Task Editing, Task Started) Hold(Parlor parlor, Task free, Func<Task> edit)
    {
        TaskCompletionSource started = new(TaskCreationOptions.RunContinuationsAsynchronously);
        parlor.Paper.BeforeEdit = (_, ct) =>
        {
            started.TrySetResult();
            return free.WaitAsync(ct);
        };
        return (Task.Run(edit, Ct), started.Task);
    }

    private static async Task RenewedAsync(Parlor parlor, Order order)
    {
        DateTimeOffset start = DateTimeOffset.UtcNow;
        while ((await parlor.Get<OrderStore>().GetAsync(order.JobId, Ct))!.EditingUntil <= parlor.Time.GetUtcNow() + TimeSpan.FromSeconds(4))
        {
            if (DateTimeOffset.UtcNow - start > Limit) Assert.Fail("The right was not renewed.");
            await Task.Yield();
        }
    }
}
