namespace Niche.GpuEndpoint.Routes;

/// <summary>Answer of the health routes.</summary>
/// <param name="Status"><c>live</c>, <c>ready</c>, <c>loading</c>, <c>stopping</c> or <c>unknown</c>.</param>
public sealed record HealthAnswer(string Status);
