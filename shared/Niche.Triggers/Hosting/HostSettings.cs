namespace Niche.Triggers.Hosting;

/// <summary>What the engine honours of host.json.</summary>
internal sealed record HostSettings
{
    public string RoutePrefix { get; init; } = "api";

    /// <summary>Null means unbounded.</summary>
    public TimeSpan? FunctionTimeout { get; init; } = TimeSpan.FromMinutes(30);

    public QueueSettings Queues { get; init; } = new();
}
