using Niche.GpuEndpoint.Engines;

namespace Niche.GpuEndpoint.Routes;

/// <summary>Answer of the image form of <c>POST /generate</c>.</summary>
public sealed record ImageAnswer(byte[] Image, string ModelName, string ModelDigest, uint Seed, int Steps, ImageTimings Timings);
