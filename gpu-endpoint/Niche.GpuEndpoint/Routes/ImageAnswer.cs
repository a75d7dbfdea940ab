using Niche.GpuEndpoint.Engines;

namespace Niche.GpuEndpoint.Routes;

/// <summary>Answer of the image form of <c>POST /generate</c>.</summary>
/// <param name="Image">The file.</param>
/// <param name="ModelName">Model.</param>
/// <param name="ModelDigest">Digest of its folder.</param>
/// <param name="Seed">Seed.</param>
/// <param name="Steps">Steps.</param>
/// <param name="Timings">Where the time went.</param>
/// <param name="Recovered">True when it was painted again in single precision; otherwise left out.</param>
public sealed record ImageAnswer(byte[] Image, string ModelName, string ModelDigest, uint Seed, int Steps, ImageTimings Timings, bool? Recovered = null);
