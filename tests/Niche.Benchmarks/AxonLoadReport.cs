namespace Niche.Benchmarks;

/// <summary>What the load process saw; times in milliseconds from the moment a request was due to the last byte of its answer.</summary>
internal sealed record AxonLoadReport(int Requests, int Failures, double Seconds, double Median, double P99, double Max)
{
    /// <summary>Requests a second.</summary>
    public double Rate => Requests / Seconds;
}
