using CsCheck;
using Niche.GpuEndpoint.Queueing;

namespace Niche.GpuEndpoint.Tests.Queueing;

/// <summary>Work of an equal kind that gets its turn together.</summary>
public sealed class SharedTurnTests
{
    [Fact]
    public void Every_turn_is_of_one_kind_no_larger_than_allowed_and_holds_the_most_urgent_that_waits() =>
        Gen.Select(Gen.Int[-2, 2], Gen.Int[0, 2], Gen.Bool).Array[0, 30].Select(Gen.Int[1, 5]).Sample((clients, most) =>
        {
            var lane = new WorkLane(1000, TimeProvider.System);
            var first = lane.Enter();
            var places = clients.Select(client => Offer(lane.Enter(client.Item1), client.Item2, most)).ToList();
            // Some give up before their turn.
            for (var i = 0; i < clients.Length; i++) if (clients[i].Item3) places[i].Place.Dispose();
            var waiting = places.Where((_, i) => !clients[i].Item3).Select((place, order) => (place.Place, place.Work, Order: order)).ToList();

            first.Dispose();
            while (waiting.Count > 0)
            {
                var turn = waiting.Where(one => one.Place.Called).ToArray();
                var urgent = waiting.OrderByDescending(one => one.Place.Priority).ThenBy(one => one.Order).First();
                var expected = waiting.Where(one => one.Work.Kind.Equals(urgent.Work.Kind))
                    .OrderByDescending(one => one.Place.Priority).ThenBy(one => one.Order).Take(most).Select(one => one.Order).Order();
                if (!turn.Select(one => one.Order).SequenceEqual(expected) || lane.Running != turn.Length) return false;
                // One works for all, and is told of all others.
                var work = turn.Select(one => one.Place.TurnAsync(CancellationToken.None).Result).ToArray();
                if (work.Count(others => others is not null) != 1 || work.Single(others => others is not null)!.Count != turn.Length - 1) return false;
                foreach (var one in turn) one.Place.Dispose();
                waiting.RemoveAll(turn.Contains);
            }
            return lane is { Inside: 0, Running: 0, Waiting: 0 };
        });

    [Fact]
    public async Task Who_stops_waiting_in_the_moment_of_the_turn_still_works_for_those_who_count_on_it()
    {
        var lane = new WorkLane(10, TimeProvider.System);
        using var busy = lane.Enter();
        var (one, two) = (Offer(lane.Enter(), 0, 2), Offer(lane.Enter(), 0, 2));
        using var leave = new CancellationTokenSource();
        busy.Dispose();

        await leave.CancelAsync();

        Assert.Equal([two.Work], await one.Place.TurnAsync(leave.Token));
        Assert.Null(await two.Place.TurnAsync(leave.Token));
    }

    [Fact]
    public async Task Who_stops_waiting_before_the_turn_gets_none()
    {
        var lane = new WorkLane(10, TimeProvider.System);
        using var busy = lane.Enter();
        var (one, two) = (Offer(lane.Enter(), 0, 2), Offer(lane.Enter(), 0, 2));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => one.Place.TurnAsync(new CancellationToken(canceled: true)));
        busy.Dispose();

        Assert.Empty((await two.Place.TurnAsync(TestContext.Current.CancellationToken))!);
        one.Place.Dispose();
        two.Place.Dispose();
        Assert.Equal(0, lane.Inside);
    }

    [Fact]
    public void The_turn_is_passed_on_by_the_last_who_shared_it()
    {
        var lane = new WorkLane(10, TimeProvider.System);
        using var busy = lane.Enter();
        var (one, two, next) = (Offer(lane.Enter(), 0, 2).Place, Offer(lane.Enter(), 0, 2).Place, Offer(lane.Enter(), 1, 2).Place);
        busy.Dispose();

        two.Dispose();
        Assert.False(next.Called);
        one.Dispose();
        Assert.True(next.Called);
        next.Dispose();
    }

    [Fact]
    public void Who_shares_a_turn_takes_no_place_of_those_who_may_wait()
    {
        var lane = new WorkLane(2, TimeProvider.System);
        var busy = lane.Enter();
        var turn = new[] { Offer(lane.Enter(), 0, 2), Offer(lane.Enter(), 0, 2) };
        busy.Dispose();
        Assert.Equal((2, 0), (lane.Running, lane.Waiting));

        lane.Enter();
        lane.Enter();

        Assert.Throws<QueueFullException>(() => lane.Enter());
        Assert.All(turn, one => Assert.True(one.Place.Called));
    }

    private static (WorkPlace Place, Work Work) Offer(WorkPlace place, int kind, int most)
    {
        var work = new Work(kind, most);
        place.Offer(work);
        return (place, work);
    }

    private sealed class Work(object kind, int most) : SharedWork(kind, most);
}
