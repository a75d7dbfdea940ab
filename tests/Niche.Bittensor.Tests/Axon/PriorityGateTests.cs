using Niche.Bittensor.Axon;

namespace Niche.Bittensor.Tests.Axon;

public class PriorityGateTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Those_who_wait_go_in_by_priority_then_by_arrival()
    {
        var gate = new PriorityGate(1, 10);
        Assert.True(await gate.EnterAsync(0, Ct));
        var waiting = new[] { gate.EnterAsync(1, Ct), gate.EnterAsync(5, Ct), gate.EnterAsync(1, Ct) };
        foreach (var next in new[] { 1, 0, 2 })
        {
            gate.Leave();
            Assert.True(await waiting[next].WaitAsync(TimeSpan.FromSeconds(30), Ct));
            Assert.Equal(next == 1 ? 2 : next == 0 ? 1 : 0, waiting.Count(task => !task.IsCompleted));
        }
    }

    [Fact]
    public async Task Too_many_waiting_are_turned_away()
    {
        var gate = new PriorityGate(1, 1);
        Assert.True(await gate.EnterAsync(0, Ct));
        var waiting = gate.EnterAsync(0, Ct);
        Assert.False(await gate.EnterAsync(9, Ct));
        gate.Leave();
        Assert.True(await waiting);
    }

    [Fact]
    public async Task Who_gives_up_frees_the_place_in_the_queue_and_loses_no_slot()
    {
        var gate = new PriorityGate(1, 1);
        Assert.True(await gate.EnterAsync(0, Ct));
        using var patience = new CancellationTokenSource();
        var impatient = gate.EnterAsync(0, patience.Token);
        await patience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => impatient);
        var patient = gate.EnterAsync(0, Ct);
        gate.Leave();
        Assert.True(await patient);
        gate.Leave();
        Assert.True(await gate.EnterAsync(0, Ct));
    }

    [Fact]
    public async Task Never_more_than_the_slots_are_inside()
    {
        var gate = new PriorityGate(3, 1000);
        var (inside, most) = (0, 0);
        var bench = new Lock();
        await Parallel.ForAsync(0, 500, new ParallelOptions { MaxDegreeOfParallelism = 50, CancellationToken = Ct }, async (i, ct) =>
        {
            Assert.True(await gate.EnterAsync(i % 7, ct));
            lock (bench) most = Math.Max(most, ++inside);
            await Task.Yield();
            lock (bench) inside--;
            gate.Leave();
        });
        Assert.InRange(most, 1, 3);
        Assert.Equal(0, inside);
    }
}
