namespace Niche.GpuEndpoint.Models;

/// <summary>A model that is not served, or not any more.</summary>
public sealed class ModelGoneException(string name) : Exception($"The model {name} is not served here; GET /models lists those that are.");
