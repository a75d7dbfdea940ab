namespace Niche.Bots.Discord.Gateway;

/// <summary>What a frame of the gateway is. Source: discord-api-docs, Gateway Opcodes.</summary>
public enum GatewayOpcode
{
    /// <summary>An event; carries a sequence number.</summary>
    Dispatch = 0,

    /// <summary>Keeps the connection; either side may ask for it.</summary>
    Heartbeat = 1,

    /// <summary>Begins a session.</summary>
    Identify = 2,

    /// <summary>Goes on with a session.</summary>
    Resume = 6,

    /// <summary>The server asks to connect again and resume.</summary>
    Reconnect = 7,

    /// <summary>The session is void; true when it may be resumed all the same.</summary>
    InvalidSession = 9,

    /// <summary>First frame: how often to beat.</summary>
    Hello = 10,

    /// <summary>A beat arrived.</summary>
    HeartbeatAck = 11,
}
