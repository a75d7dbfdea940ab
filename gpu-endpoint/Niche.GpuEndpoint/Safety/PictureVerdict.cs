namespace Niche.GpuEndpoint.Safety;

/// <summary>What a check says of a picture.</summary>
/// <param name="Blocked">Nobody gets it.</param>
/// <param name="Score">0 to 1, for the log.</param>
public sealed record PictureVerdict(bool Blocked, double Score);
