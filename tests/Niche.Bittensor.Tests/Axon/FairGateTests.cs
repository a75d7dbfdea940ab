using CsCheck;
using Niche.Bittensor.Axon;

namespace Niche.Bittensor.Tests.Axon;

public class FairGateTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Those_who_wait_go_in_by_priority_then_by_arrival()
    {
        var gate = new FairGate(1, 10);
        Assert.True(await gate.EnterAsync("a", 0, Ct));
        var waiting = new[] { gate.EnterAsync("b", 1, Ct), gate.EnterAsync("c", 5, Ct), gate.EnterAsync("d", 1, Ct) };
        foreach (var next in new[] { 1, 0, 2 })
        {
            gate.Leave();
            Assert.True(await waiting[next].WaitAsync(TimeSpan.FromSeconds(60), Ct));
            Assert.Equal(next == 1 ? 2 : next == 0 ? 1 : 0, waiting.Count(task => !task.IsCompleted));
        }
    }

    [Fact]
    public async Task A_heavy_caller_that_floods_does_not_starve_a_light_one()
    {
        var order = await OrderOfTurnsAsync([.. Enumerable.Repeat(("whale", 1_000_000.0), 60), ("shrimp", 0)]);
        Assert.InRange(order.IndexOf("shrimp"), 1, 21);
    }

    [Fact]
    public async Task Turns_of_callers_that_all_want_more_are_shared_by_weight() =>
        await Gen.Double[0, 1e6].Array[2, 6].SampleAsync(
            async stakes =>
            {
                const int turns = 200;
                var asking = stakes.SelectMany((stake, caller) => Enumerable.Repeat(($"{caller}", stake), turns));
                var order = await OrderOfTurnsAsync([.. asking]);
                var weights = stakes.Select(stake => 1 + Math.Log2(1 + stake)).ToArray();

                // Whole turns: each caller may be one short or ahead of its share, and so many turns may be the others'.
                return stakes.Select((_, caller) =>
                    Math.Abs(order.Take(turns).Count(name => name == $"{caller}") - (turns * weights[caller] / weights.Sum()))).Max() <= stakes.Length;
            },
            iter: 50);

    [Fact]
    public async Task Too_many_waiting_are_turned_away()
    {
        var gate = new FairGate(1, 1);
        Assert.True(await gate.EnterAsync("a", 0, Ct));
        var waiting = gate.EnterAsync("b", 0, Ct);
        Assert.False(await gate.EnterAsync("b", 0, Ct));
        gate.Leave();
        Assert.True(await waiting);
    }

    [Fact]
    public async Task Who_comes_to_a_queue_full_of_one_callers_requests_takes_the_last_ones_place()
    {
        var gate = new FairGate(1, 3);
        Assert.True(gate.TryEnter("flood", 9));
        var flood = Enumerable.Range(0, 3).Select(_ => gate.EnterAsync("flood", 9, Ct)).ToArray();
        var other = gate.EnterAsync("other", 9, Ct);
        Assert.False(await flood[2]);
        gate.Leave();
        gate.Leave();
        Assert.True(await other);
        Assert.Equal((1, 1), (gate.Waiting, gate.Running));
    }

    [Fact]
    public async Task A_heavier_newcomer_takes_the_place_of_the_lightest_in_a_full_queue()
    {
        var gate = new FairGate(1, 1);
        Assert.True(gate.TryEnter("x", 1));
        var light = gate.EnterAsync("light", 1, Ct);
        var heavy = gate.EnterAsync("heavy", 2, Ct);
        Assert.False(await light);
        gate.Leave();
        Assert.True(await heavy);
    }

    [Fact]
    public async Task Who_gives_up_frees_the_place_in_the_queue_and_loses_no_slot()
    {
        var gate = new FairGate(1, 1);
        Assert.True(await gate.EnterAsync("a", 0, Ct));
        using var patience = new CancellationTokenSource();
        var impatient = gate.EnterAsync("b", 0, patience.Token);
        await patience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => impatient);
        var patient = gate.EnterAsync("b", 0, Ct);
        gate.Leave();
        Assert.True(await patient);
        gate.Leave();
        Assert.True(await gate.EnterAsync("a", 0, Ct));
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.NegativeInfinity)]
    [InlineData(double.PositiveInfinity)]
    public async Task An_odd_priority_is_no_way_past_the_others(double priority)
    {
        var gate = new FairGate(1, 300);
        Assert.True(gate.TryEnter("first", 0));
        var odd = Enumerable.Range(0, 200).Select(_ => gate.EnterAsync("odd", priority, Ct)).ToArray();
        var plain = gate.EnterAsync("plain", 0, Ct);
        for (var i = 0; i < 110; i++) gate.Leave();
        Assert.True(await plain.WaitAsync(TimeSpan.FromSeconds(60), Ct));
        Assert.True(await odd[0]);
    }

    [Fact]
    public async Task Never_more_than_the_slots_are_inside()
    {
        var gate = new FairGate(3, 1000);
        var (inside, most) = (0, 0);
        var bench = new Lock();
        await Parallel.ForAsync(0, 500, new ParallelOptions { MaxDegreeOfParallelism = 50, CancellationToken = Ct }, async (i, ct) =>
        {
            Assert.True(await gate.EnterAsync($"{i % 5}", i % 7, ct));
            lock (bench) most = Math.Max(most, ++inside);
            await Task.Yield();
            lock (bench) inside--;
            gate.Leave();
        });
        Assert.InRange(most, 1, 3);
        Assert.Equal((0, 0, 1.0), (inside, gate.Running, gate.FreeShare));
    }

    // One slot, and who has it leaves at once: the callers in the order of their turns.
    private static async Task<List<string>> OrderOfTurnsAsync((string Caller, double Priority)[] asking)
    {
        var gate = new FairGate(1, asking.Length);
        var order = new List<string>();
        Assert.True(gate.TryEnter("somebody before", 0));
        var all = asking.Select(async one =>
        {
            Assert.True(await gate.EnterAsync(one.Caller, one.Priority, Ct));
            order.Add(one.Caller);
            gate.Leave();
        }).ToArray();
        gate.Leave();
        await Task.WhenAll(all);
        return order;
    }
}
