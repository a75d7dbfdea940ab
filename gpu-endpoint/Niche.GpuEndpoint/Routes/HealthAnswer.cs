namespace Niche.GpuEndpoint.Routes;

/// <summary>Answer of the health routes.</summary>
/// <param name="Status"><c>live</c>, <c>ready</c> or <c>loading</c>.</param>
public sealed record HealthAnswer(string Status);
