namespace Niche.GpuEndpoint.Engines;

/// <summary>Where the milliseconds of a picture went.</summary>
/// <param name="QueuedMs">Waiting for a turn.</param>
/// <param name="TextMs">Encoding the prompt.</param>
/// <param name="DenoiseMs">Denoising steps.</param>
/// <param name="DecodeMs">Latents to pixels.</param>
/// <param name="EncodeMs">Pixels to a file.</param>
/// <param name="TotalMs">All of it.</param>
/// <param name="RunsMs">Inside ONNX Runtime.</param>
public sealed record ImageTimings(
    double QueuedMs, double TextMs, double DenoiseMs, double DecodeMs, double EncodeMs, double TotalMs, double RunsMs);
