using Niche.Validator.Organic;

namespace Niche.Validator.Tests.Organic;

/// <summary>Whether the expected time comes true, in hours that are made up.</summary>
public sealed class PaceTests
{
    private static readonly DateTimeOffset Start = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(1, 0.9, 1)]
    [InlineData(3, 0.95, 2)]
    [InlineData(3, 1.2, 3)]
    [InlineData(8, 1.1, 4)]
    public void In_a_busy_hour_half_of_the_estimates_are_within_a_quarter(int miners, double load, int seed)
    {
        List<double> errors = Simulate(miners, load, new Random(seed));
        errors.Sort();
        Assert.True(errors[errors.Count / 2] <= 0.25, $"median error {errors[errors.Count / 2]:P0} of {errors.Count}");
    }

    [Fact]
    public void Before_anything_was_painted_nothing_is_known() => Assert.Null(new Pace().Until(1));

    [Fact]
    public void A_night_without_work_does_not_slow_the_morning()
    {
        Pace pace = new();
        for (int i = 0; i < 50; i++) pace.Learn(TimeSpan.FromSeconds(2), Start.AddSeconds(2 * i));
        pace.Learn(TimeSpan.FromSeconds(2), Start.AddHours(10));
        Assert.InRange(pace.Until(10)!.Value.TotalSeconds, 19, 21);
    }

    // First come, first served by some miners, 16 units handed out at a time whether a miner is free or not, as the queue does.
    private static List<double> Simulate(int miners, double load, Random random)
    {
        const double Mean = 2;
        const int HandedOut = 16;
        Pace pace = new();
        double[] free = new double[miners];
        List<(double Arrived, double Started, double Ended)> units = [];
        List<(double Ended, double Took)> unlearnt = [];
        List<double> errors = [];
        double now = 0;
        while (now < 3600)
        {
            now += -Math.Log(1 - random.NextDouble()) * 2.5 * Mean / (miners * load);
            foreach ((double ended, double took) in unlearnt.Where(unit => unit.Ended <= now).OrderBy(unit => unit.Ended).ToArray())
                pace.Learn(TimeSpan.FromSeconds(took), Start.AddSeconds(ended));
            unlearnt.RemoveAll(unit => unit.Ended <= now);
            int count = random.Next(1, 5), open = units.Count(unit => unit.Ended > now);
            TimeSpan? expected = pace.Until(open + count);
            double last = 0;
            for (int i = 0; i < count; i++)
            {
                int miner = Array.IndexOf(free, free.Min());
                double paints = Math.Max(free[miner], now);
                double ended = paints + (Mean * (0.6 + (0.8 * random.NextDouble())));
                double handedOut = units.Count >= HandedOut ? Math.Max(now, units[^HandedOut].Ended) : now;
                free[miner] = ended;
                units.Add((now, handedOut, ended));
                unlearnt.Add((ended, ended - Math.Min(handedOut, paints)));
                last = Math.Max(last, ended);
            }

            if (expected is { } time && now > 300) errors.Add(Math.Abs(time.TotalSeconds - (last - now)) / (last - now));
        }

        return errors;
    }
}
