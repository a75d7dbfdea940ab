namespace Niche.GpuEndpoint.Queueing;

/// <summary>Work came after the endpoint was told to stop.</summary>
public sealed class DrainingException() : Exception("This endpoint is stopping and takes no new work; ask another.");
