namespace Niche.GpuEndpoint.Engines;

/// <summary>A picture as a file, with what the endpoint says of it.</summary>
/// <param name="File">PNG or JPEG bytes.</param>
/// <param name="ModelDigest">Digest of the model folder that made it.</param>
/// <param name="Seed">Seed.</param>
/// <param name="Steps">Steps.</param>
/// <param name="Timings">Times; the server fills in the queue and the total.</param>
public sealed record GeneratedImage(byte[] File, string ModelDigest, uint Seed, int Steps, ImageTimings Timings)
{
    /// <summary>Whether numbers left the range of half precision, so that it was painted again in single precision.</summary>
    public bool Recovered { get; init; }
}
