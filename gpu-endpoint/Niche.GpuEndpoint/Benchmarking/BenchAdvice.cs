namespace Niche.GpuEndpoint.Benchmarking;

/// <summary>What the measurements suggest for one model.</summary>
/// <param name="Model">Model.</param>
/// <param name="Threads">For <c>--threads</c>: the most pictures a minute.</param>
/// <param name="Queue">For <c>--queue</c>: as many as are painted within the time a client waits.</param>
/// <param name="VolumePerHour">Pictures an hour to promise: four fifths of what was measured one by one.</param>
/// <param name="Batch">For <c>--batch</c>, where nobody judges the pictures bit by bit: more than 1 only where it clearly pays.</param>
public sealed record BenchAdvice(string Model, int Threads, int Queue, int VolumePerHour, int Batch = 1)
{
    private const double Promise = 0.8;
    private const double ClearGain = 1.15;

    /// <summary>The advice for a model.</summary>
    /// <param name="rows">Its measurements, at least one.</param>
    /// <param name="patience">How long a client waits for its picture.</param>
    public static BenchAdvice From(IReadOnlyList<BenchRow> rows, TimeSpan patience)
    {
        var best = rows.MaxBy(row => row.PicturesPerMinute)!;
        // The one at work takes its own time out of the patience.
        var queue = Math.Max(0, (int)(patience.TotalMilliseconds / best.SlowestMs) - 1);
        return new BenchAdvice(best.Model, best.Threads, queue, (int)(Promise * 60 * best.PicturesPerMinute), best.BatchGain >= ClearGain ? best.Batch : 1);
    }
}
