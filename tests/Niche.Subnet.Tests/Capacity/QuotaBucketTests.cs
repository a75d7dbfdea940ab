using CsCheck;
using Niche.Subnet.Capacity;

namespace Niche.Subnet.Tests.Capacity;

public sealed class QuotaBucketTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(600);

    [Fact]
    public void A_full_bucket_serves_its_share_and_then_says_when_to_come_back()
    {
        var bucket = QuotaBucket.Full(10, Start);
        for (var i = 0; i < 10; i++) bucket = Allowed(bucket.Take(10, Interval, Start));
        var refused = bucket.Take(10, Interval, Start);
        Assert.False(refused.Allowed);
        Assert.Equal(60, refused.RetryAfter.TotalSeconds, 3);
        Allowed(refused.State.Take(10, Interval, Start + refused.RetryAfter));
    }

    [Fact]
    public void A_share_of_zero_is_always_refused() => Assert.False(QuotaBucket.Full(5, Start).Take(0, Interval, Start).Allowed);

    [Fact]
    public void A_clock_that_steps_back_refills_nothing()
    {
        var bucket = new QuotaBucket(0, Start);
        Assert.False(bucket.Take(10, Interval, Start.AddHours(-5)).Allowed);
        Assert.False(bucket.Take(10, Interval, Start.AddHours(-5)).State.Take(10, Interval, Start).Allowed);
    }

    [Fact]
    public void Never_more_than_a_full_bucket_and_its_refill_is_served() =>
        Gen.Select(Gen.Int[1, 50], Gen.Double[0.1, 30].Array[1, 400]).Sample(
            (share, gaps) =>
            {
                var (bucket, now) = (QuotaBucket.Full(share, Start), Start);
                var served = 0;
                foreach (var gap in gaps)
                {
                    now += TimeSpan.FromSeconds(gap);
                    var decision = bucket.Take(share, Interval, now);
                    bucket = decision.State;
                    if (decision.Allowed) served++;
                }

                return served <= share + ((now - Start) / Interval * share) + 1e-3;
            },
            iter: 200);

    private static QuotaBucket Allowed(QuotaDecision decision)
    {
        Assert.True(decision.Allowed);
        return decision.State;
    }
}
