using CsCheck;
using Niche.Subnet.Capacity;
using Niche.Subnet.Rounds;

namespace Niche.Subnet.Tests.Rounds;

public sealed class RoundPlannerTests
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(600);
    private static readonly RoundId Round = new(23, 3_000_000);
    private static readonly Gen<byte[]> Secrets = Gen.Byte.Array[32];

    private static readonly Gen<PlannedMiner[]> Miners =
        Gen.Int[0, 120].Array[0, 20].Select(shares => shares.Select((s, i) => new PlannedMiner(i, $"hotkey{i}", "m", s)).ToArray());

    [Fact]
    public void Every_miner_has_exactly_one_scored_request_and_its_synthetic_share() => Gen.Select(Secrets, Miners).Sample((secret, miners) =>
    {
        var plan = Plan(secret, miners);
        return miners.All(miner =>
        {
            var items = plan.Items.Where(i => i.Hotkey == miner.Hotkey).ToArray();
            return items.Length == SyntheticSplit.Of(miner.Share).Synthetic && items.Count(i => i.Scored) == (miner.Share > 0 ? 1 : 0);
        });
    });

    [Fact]
    public void Requests_of_a_miner_are_spread_evenly_one_per_slot() => Gen.Select(Secrets, Miners).Sample((secret, miners) =>
        Plan(secret, miners).Items.GroupBy(i => i.Hotkey).All(group =>
        {
            var items = group.ToArray();
            var slots = items.Select(i => (int)(i.DueIn / (Interval / items.Length))).ToArray();
            return slots.SequenceEqual(Enumerable.Range(0, items.Length)) && items.All(i => i.DueIn >= TimeSpan.Zero && i.DueIn < Interval);
        }));

    [Fact]
    public void Planning_again_gives_the_same_plan_whatever_the_order_of_miners() => Gen.Select(Secrets, Miners).Sample((secret, miners) =>
        Plan(secret, miners).Items.SequenceEqual(Plan(secret, [.. miners.Reverse()]).Items));

    [Fact]
    public void Ids_never_repeat_over_rounds_and_secrets()
    {
        PlannedMiner[] miners = [new(1, "a", "m", 100), new(2, "b", "m", 100), new(2, "b", "n", 100)];
        var ids = new HashSet<string>();
        for (var round = 0; round < 50; round++)
            foreach (var item in RoundPlanner.Plan(new(23, round), miners, Interval, new SecretRandom(new byte[32])).Items)
                Assert.True(ids.Add(item.Id));
        Assert.DoesNotContain(RoundPlanner.Plan(new(23, 0), miners, Interval, new SecretRandom([.. Enumerable.Repeat((byte)1, 32)])).Items, i => ids.Contains(i.Id));
    }

    [Fact]
    public void The_scored_position_is_uniform()
    {
        var counts = new int[7];
        for (var round = 0; round < 3500; round++)
        {
            var items = RoundPlanner.Plan(new(23, round), [new(1, "a", "m", 10)], Interval, new SecretRandom(new byte[32])).Items;
            counts[items.ToList().FindIndex(i => i.Scored)]++;
        }

        // Binomial(3500, 1/7): mean 500, deviation 21.
        Assert.All(counts, count => Assert.InRange(count, 400, 600));
    }

    [Fact]
    public void A_cap_limits_synthetic_requests_and_keeps_the_scored_one()
    {
        var items = RoundPlanner.Plan(Round, [new(1, "a", "m", 100)], Interval, new SecretRandom(new byte[32]), maxPerMiner: 3).Items;
        Assert.Equal(3, items.Count);
        Assert.Single(items, i => i.Scored);
    }

    [Fact]
    public void A_miner_that_appears_twice_is_refused() =>
        Assert.Throws<ArgumentException>(() => Plan(new byte[32], [new(1, "a", "m", 4), new(2, "a", "m", 4)]));

    [Fact]
    public void Rounds_are_intervals_since_the_epoch()
    {
        var start = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        var round = RoundId.At(23, start.AddSeconds(599), Interval);
        Assert.Equal(start, round.Start(Interval));
        Assert.Equal(round, RoundId.At(23, start, Interval));
        Assert.NotEqual(round, RoundId.At(23, start.AddSeconds(600), Interval));
    }

    private static RoundPlan Plan(byte[] secret, PlannedMiner[] miners) => RoundPlanner.Plan(Round, miners, Interval, new SecretRandom(secret));
}
