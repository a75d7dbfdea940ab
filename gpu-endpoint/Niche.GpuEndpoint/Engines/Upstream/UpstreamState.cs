namespace Niche.GpuEndpoint.Engines.Upstream;

/// <summary>What was last seen of a model's server.</summary>
/// <param name="Away">Why it cannot work now; null when it can.</param>
/// <param name="Dialect">What it understands.</param>
internal sealed record UpstreamState(string? Away, UpstreamDialect Dialect)
{
    /// <summary>Before the first look.</summary>
    public static UpstreamState Unknown { get; } = new("it has not answered yet", UpstreamDialect.Common);
}
