namespace Niche.GpuEndpoint.Models;

/// <summary>A change of models that another one, or a model of the same name, stands against.</summary>
public sealed class ModelConflictException(string message) : Exception(message);
