using CsCheck;
using Microsoft.Extensions.Time.Testing;
using Niche.Bots.Discord.Rest;

namespace Niche.Bots.Discord.Tests.Rest;

public sealed class InvalidRequestTests
{
    private static readonly DateTimeOffset Start = DateTimeOffset.FromUnixTimeSeconds(1_800_000_000);

    [Fact]
    public void Calls_stop_at_the_budget_and_go_on_when_enough_failures_are_ten_minutes_old()
    {
        FakeTimeProvider time = new(Start);
        InvalidRequests invalid = new(time, 10);
        for (int i = 0; i < 10; i++)
        {
            Assert.Equal(TimeSpan.Zero, invalid.Wait());
            invalid.Count();
            time.Advance(TimeSpan.FromSeconds(20));
        }

        TimeSpan wait = invalid.Wait();
        Assert.InRange(wait, TimeSpan.FromMinutes(6), TimeSpan.FromMinutes(7));
        time.Advance(wait - TimeSpan.FromSeconds(1));
        Assert.NotEqual(TimeSpan.Zero, invalid.Wait());
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(TimeSpan.Zero, invalid.Wait());
    }

    [Fact]
    public void Never_do_more_failures_than_the_budget_fall_into_ten_minutes() =>
        Gen.Select(Gen.Int[1, 20], Gen.Int[0, 120].Array[1, 200]).Sample((budget, pauses) =>
        {
            FakeTimeProvider time = new(Start);
            InvalidRequests invalid = new(time, budget);
            List<DateTimeOffset> failures = [];
            foreach (int pause in pauses)
            {
                time.Advance(TimeSpan.FromSeconds(pause));
                if (invalid.Wait() > TimeSpan.Zero) continue;
                invalid.Count();
                failures.Add(time.GetUtcNow());
            }

            // Counted in slots of ten seconds.
            TimeSpan window = TimeSpan.FromMinutes(10) - TimeSpan.FromSeconds(10);
            return failures.All(last => failures.Count(other => other <= last && last - other < window) <= budget);
        });

    [Fact]
    public void The_wait_that_is_told_is_long_enough() => Gen.Select(Gen.Int[1, 5], Gen.Int[0, 700].Array[5, 20]).Sample((budget, pauses) =>
    {
        FakeTimeProvider time = new(Start);
        InvalidRequests invalid = new(time, budget);
        foreach (int pause in pauses)
        {
            time.Advance(TimeSpan.FromSeconds(pause));
            invalid.Count();
        }

        time.Advance(invalid.Wait());
        return invalid.Wait() == TimeSpan.Zero;
    });
}
