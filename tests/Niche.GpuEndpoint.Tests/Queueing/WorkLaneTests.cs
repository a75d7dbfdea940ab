using CsCheck;
using Microsoft.Extensions.Time.Testing;
using Niche.GpuEndpoint.Queueing;

namespace Niche.GpuEndpoint.Tests.Queueing;

public sealed class WorkLaneTests
{
    [Fact]
    public async Task Who_would_get_a_turn_too_late_is_refused_and_told_when_to_come_back()
    {
        var time = new FakeTimeProvider();
        var lane = new WorkLane(100, time);
        await lane.RunAsync(_ => { time.Advance(TimeSpan.FromSeconds(10)); return Task.FromResult(0); }, TestContext.Current.CancellationToken);
        using var working = lane.Enter();

        using var patient = lane.Enter(longestWait: TimeSpan.FromSeconds(11));
        var error = Assert.Throws<QueueFullException>(() => lane.Enter(longestWait: TimeSpan.FromSeconds(12)));

        Assert.Equal(TimeSpan.FromSeconds(8), error.RetryAfter);
        Assert.Equal((1, 1), (lane.Running, lane.Waiting));
    }

    [Fact]
    public void Turns_go_by_priority_then_by_order_and_the_lane_is_empty_in_the_end() =>
        Gen.Select(Gen.Int[-3, 3], Gen.Bool).Array[0, 40].Sample(clients =>
        {
            var lane = new WorkLane(1000, TimeProvider.System);
            var first = lane.Enter();
            var places = clients.Select(client => lane.Enter(client.Item1)).ToArray();
            // Some give up before their turn.
            for (var i = 0; i < places.Length; i++) if (clients[i].Item2) places[i].Dispose();
            var expected = Enumerable.Range(0, places.Length).Where(i => !clients[i].Item2).OrderByDescending(i => clients[i].Item1).ToArray();

            var turns = new List<int>();
            first.Dispose();
            while (Enumerable.Range(0, places.Length).Where(i => !clients[i].Item2 && !turns.Contains(i) && places[i].Called).ToArray() is [var next])
            {
                turns.Add(next);
                places[next].Dispose();
                places[next].Dispose();
            }
            return turns.SequenceEqual(expected) && lane is { Inside: 0, Running: 0, Waiting: 0 };
        });

    [Fact]
    public void Several_turns_are_held_at_a_time_and_no_more() =>
        Gen.Select(Gen.Int[1, 5], Gen.Int[0, 3], Gen.Int[0, 7].Array[0, 40]).Sample((turns, capacity, steps) =>
        {
            var lane = new WorkLane(capacity, TimeProvider.System, turns);
            var inside = new List<WorkPlace>();
            foreach (var step in steps)
            {
                // Rather more come than go.
                if (step < 5 && inside.Count < turns + capacity) inside.Add(lane.Enter());
                else if (step < 5) Assert.Throws<QueueFullException>(() => lane.Enter());
                else if (inside.Count > 0)
                {
                    inside[step % inside.Count].Dispose();
                    inside.RemoveAt(step % inside.Count);
                }
                Assert.Equal((Math.Min(turns, inside.Count), Math.Max(0, inside.Count - turns)), (lane.Running, lane.Waiting));
                Assert.Equal(lane.Running, inside.Count(place => place.Called));
            }
        });
}
