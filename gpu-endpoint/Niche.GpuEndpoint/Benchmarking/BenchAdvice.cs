namespace Niche.GpuEndpoint.Benchmarking;

/// <summary>What the measurements suggest for one model.</summary>
/// <param name="Model">Model.</param>
/// <param name="Threads">For <c>--threads</c>: the most pictures a minute.</param>
/// <param name="Queue">For <c>--queue</c>: as many as are painted within the time a client waits.</param>
/// <param name="VolumePerHour">Pictures an hour to promise: four fifths of what was measured.</param>
public sealed record BenchAdvice(string Model, int Threads, int Queue, int VolumePerHour)
{
    private const double Promise = 0.8;

    /// <summary>The advice for a model.</summary>
    /// <param name="rows">Its measurements, at least one.</param>
    /// <param name="patience">How long a client waits for its picture.</param>
    public static BenchAdvice From(IReadOnlyList<BenchRow> rows, TimeSpan patience)
    {
        var best = rows.MaxBy(row => row.PicturesPerMinute)!;
        // The one at work takes its own time out of the patience.
        var queue = Math.Max(0, (int)(patience.TotalMilliseconds / best.SlowestMs) - 1);
        return new BenchAdvice(best.Model, best.Threads, queue, (int)(Promise * 60 * best.PicturesPerMinute));
    }
}
