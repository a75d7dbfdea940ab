namespace Niche.GpuEndpoint.Models;

/// <summary>A request came before the models were loaded and warm.</summary>
public sealed class NotReadyException() : Exception("The models are still loading; wait for /health/ready.");
