using Niche.GpuEndpoint.Models;

namespace Niche.GpuEndpoint.Routes;

/// <summary>Answer of the health routes.</summary>
/// <param name="Status"><c>live</c>, <c>ready</c>, <c>loading</c>, <c>failed</c>, <c>leaving</c>, <c>stopping</c> or <c>unknown</c>.</param>
/// <param name="Progress">How far a model is.</param>
/// <param name="Code">Code of the error of one that failed.</param>
/// <param name="Detail">What is wrong with it.</param>
public sealed record HealthAnswer(string Status, ModelProgress? Progress = null, string? Code = null, string? Detail = null);
