namespace Niche.Bots.Discord.Gateway;

/// <summary>How a shard connects.</summary>
public sealed record GatewayOptions
{
    /// <summary>Token of the app.</summary>
    public required string Token { get; init; }

    /// <summary>Kinds of events that are wanted. Interactions come without any.</summary>
    public int Intents { get; init; }

    /// <summary>This shard, from 0.</summary>
    public int Shard { get; init; }

    /// <summary>Number of shards: those of a server go to shard (id >> 22) % count, private chats to shard 0.</summary>
    public int ShardCount { get; init; } = 1;

    /// <summary>Pauses between connections.</summary>
    public GatewayPauses Pauses { get; init; } = GatewayPauses.Default;

    /// <summary>How long to wait for the connection and the first frame.</summary>
    public TimeSpan HelloPatience { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Largest message, bytes; a connection that sends more is given up.</summary>
    public int MaxFrameBytes { get; init; } = 4 * 1024 * 1024;
}
