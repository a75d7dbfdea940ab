using Niche.Miner.Admission;

namespace Niche.Miner.Tests.Admission;

public sealed class WorkGateTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task No_more_than_the_slots_work_at_once_and_the_queue_is_bounded()
    {
        var gate = new WorkGate(slots: 1, maxWaiting: 1);
        Assert.True(await gate.EnterAsync("a", 10, Ct));
        var waiting = gate.EnterAsync("b", 10, Ct);

        Assert.False(await gate.EnterAsync("c", 10, Ct));
        Assert.Equal((1, 1, 0.0), (gate.Running, gate.Waiting, gate.FreeShare));
        Assert.False(waiting.IsCompleted);
        gate.Leave("a");
        Assert.True(await waiting);
        gate.Leave("b");
        Assert.Equal((0, 0, 1.0), (gate.Running, gate.Waiting, gate.FreeShare));
    }

    [Fact]
    public async Task More_stake_goes_first()
    {
        var gate = new WorkGate(slots: 1, maxWaiting: 2);
        await gate.EnterAsync("x", 1, Ct);
        var light = gate.EnterAsync("light", 1, Ct);
        var heavy = gate.EnterAsync("heavy", 2, Ct);

        gate.Leave("x");
        Assert.True(await heavy);
        Assert.False(light.IsCompleted);
        gate.Leave("heavy");
        Assert.True(await light);
    }

    [Fact]
    public async Task Many_requests_of_one_do_not_starve_another_with_less_stake()
    {
        var gate = new WorkGate(slots: 1, maxWaiting: 3);
        await gate.EnterAsync("big", 100, Ct);
        var second = gate.EnterAsync("big", 100, Ct);
        var third = gate.EnterAsync("big", 100, Ct);
        var small = gate.EnterAsync("small", 40, Ct);

        gate.Leave("big");
        Assert.True(await second);
        gate.Leave("big");
        Assert.True(await small);
        Assert.False(third.IsCompleted);
    }

    [Fact]
    public async Task A_heavier_newcomer_takes_the_place_of_the_lightest_in_a_full_queue()
    {
        var gate = new WorkGate(slots: 1, maxWaiting: 1);
        await gate.EnterAsync("x", 1, Ct);
        var light = gate.EnterAsync("light", 1, Ct);
        var heavy = gate.EnterAsync("heavy", 2, Ct);

        Assert.False(await light);
        gate.Leave("x");
        Assert.True(await heavy);
    }

    [Fact]
    public async Task Who_gives_up_waiting_leaves_no_trace()
    {
        var gate = new WorkGate(slots: 1, maxWaiting: 1);
        await gate.EnterAsync("a", 1, Ct);
        using var impatience = new CancellationTokenSource();
        var waiting = gate.EnterAsync("b", 1, impatience.Token);
        await impatience.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        gate.Leave("a");
        Assert.Equal((0, 0), (gate.Running, gate.Waiting));
        Assert.True(await gate.EnterAsync("b", 1, Ct));
    }
}
