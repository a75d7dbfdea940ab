namespace Niche.Bots.Discord.Gateway;

/// <summary>How long a shard waits before it connects again.</summary>
/// <param name="First">After the first failure; doubles with each further one.</param>
/// <param name="Longest">Never longer.</param>
public sealed record GatewayPauses(TimeSpan First, TimeSpan Longest)
{
    /// <summary>From a second to two minutes.</summary>
    public static GatewayPauses Default { get; } = new(TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(2));
}
