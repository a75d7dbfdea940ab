using Niche.DiscordStandIn.Description;

namespace Niche.DiscordStandIn;

/// <summary>How the stand-in behaves.</summary>
public sealed record StandInOptions
{
    /// <summary>The clock of limits and tokens.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>The official description; null where it is not on this machine: then calls are not held against it.</summary>
    public ApiDescription? Description { get; init; } = ApiDescription.Find();

    /// <summary>Calls of one bucket in a window.</summary>
    public int BucketSize { get; init; } = 5;

    /// <summary>Length of a bucket's window.</summary>
    public TimeSpan BucketWindow { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Calls with the app's token per second.</summary>
    public int PerSecond { get; init; } = 50;

    /// <summary>Failed calls (401, 403, 429) in 10 minutes before the address is banned.</summary>
    public int InvalidBudget { get; init; } = 10_000;

    /// <summary>How long the first answer to an interaction may take.</summary>
    public TimeSpan FirstAnswer { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>How long the token of an interaction works.</summary>
    public TimeSpan TokenLife { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>Time between heartbeats that Hello asks for.</summary>
    public TimeSpan HeartbeatInterval { get; init; } = TimeSpan.FromSeconds(41.25);
}
