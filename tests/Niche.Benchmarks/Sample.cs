using System.Diagnostics;
using System.Globalization;

namespace Niche.Benchmarks;

/// <summary>Durations and what is said of them.</summary>
internal sealed class Sample
{
    private readonly List<double> _milliseconds = [];

    /// <summary>Adds a duration.</summary>
    public void Add(TimeSpan time) => _milliseconds.Add(time.TotalMilliseconds);

    /// <summary>A percentile in milliseconds.</summary>
    public double At(double part)
    {
        double[] sorted = [.. _milliseconds.Order()];
        return sorted[Math.Min(sorted.Length - 1, (int)(part * sorted.Length))];
    }

    /// <summary>Median, 95th percentile and maximum.</summary>
    public string Describe() => string.Create(CultureInfo.InvariantCulture, $"p50 {At(0.5):0.0} ms, p95 {At(0.95):0.0} ms, max {At(1):0.0} ms");

    /// <summary>Runs several callers at once, each many times; the rate over all of them, the best of three runs after one to warm up.</summary>
    public static async Task<double> RateAsync(int callers, int times, Func<int, int, Task> work)
    {
        double best = 0;
        for (int run = 0; run < 4; run++)
        {
            long start = Stopwatch.GetTimestamp();
            await Task.WhenAll(Enumerable.Range(0, callers).Select(caller => Task.Run(async () =>
            {
                for (int i = 0; i < times; i++) await work(caller, i).ConfigureAwait(false);
            }))).ConfigureAwait(false);
            double rate = callers * times / Stopwatch.GetElapsedTime(start).TotalSeconds;
            if (run > 0) best = Math.Max(best, rate);
        }

        return best;
    }
}
