namespace Niche.GpuEndpoint.Queueing;

/// <summary>Who is inside a lane.</summary>
/// <param name="Running">Requests at work, by model.</param>
/// <param name="Waiting">Requests waiting, by model.</param>
/// <param name="Priorities">Requests waiting, by priority.</param>
public sealed record LaneCensus(
    IReadOnlyDictionary<string, int> Running, IReadOnlyDictionary<string, int> Waiting, IReadOnlyDictionary<int, int> Priorities);
