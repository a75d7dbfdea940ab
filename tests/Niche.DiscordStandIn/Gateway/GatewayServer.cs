using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using Niche.DiscordStandIn.World;

namespace Niche.DiscordStandIn.Gateway;

/// <summary>The gateway: sessions that outlive connections, events with numbers, and every way in which a connection can go wrong.</summary>
/// <param name="token">Token of the app.</param>
/// <param name="options">Times.</param>
/// <param name="world">The world.</param>
/// <param name="address">Where it is.</param>
public sealed class GatewayServer(string token, StandInOptions options, StandInWorld world, Func<string> address)
{
    private readonly ConcurrentDictionary<string, GatewayServerSession> _sessions = new(StringComparer.Ordinal);
    private readonly Channel<GatewayLink> _links = Channel.CreateUnbounded<GatewayLink>();

    /// <summary>Set: heartbeats are not answered.</summary>
    public bool IsDeaf { get; set; }

    /// <summary>Set: connections are closed at once with this code, before anything else.</summary>
    public int? ClosesWith { get; set; }

    /// <summary>The connection that identified or resumed last.</summary>
    public GatewayLink? Current { get; private set; }

    /// <summary>Number of sessions that were begun.</summary>
    public int Identified { get; private set; }

    /// <summary>Number of connections that resumed a session.</summary>
    public int Resumed { get; private set; }

    /// <summary>What clients did that the gateway does not allow.</summary>
    public ConcurrentQueue<string> Faults { get; } = new();

    /// <summary>The last identify.</summary>
    public JsonObject? LastIdentify { get; private set; }

    /// <summary>The next connection whose session is ready.</summary>
    public async Task<GatewayLink> NextAsync(CancellationToken ct) => await _links.Reader.ReadAsync(ct).AsTask().WaitAsync(TimeSpan.FromSeconds(60), ct);

    /// <summary>Sends an event to the session that is open, now or once it is resumed.</summary>
    public Task DispatchAsync(string name, JsonNode data) => (Current ?? throw new InvalidOperationException("No session was begun.")).Session!.SendAsync(name, data);

    /// <summary>Sends an interaction.</summary>
    public Task DispatchAsync(OpenInteraction interaction) => DispatchAsync("INTERACTION_CREATE", interaction.Payload.DeepClone());

    /// <summary>Forgets all sessions, as after a restart of Discord's side.</summary>
    public void Forget() => _sessions.Clear();

    internal async Task RunAsync(WebSocket socket, CancellationToken ct)
    {
        GatewayLink link = new(socket, this);
        await link.RunAsync(options.HeartbeatInterval, ct);
    }

    internal string? Identify(GatewayLink link, JsonObject data)
    {
        LastIdentify = data.DeepClone().AsObject();
        if ((string?)data["token"] != token) return "4004 wrong token";
        if (data["intents"] is not JsonValue intents || !intents.TryGetValue(out int _)) return "4013 no intents";
        if (data["properties"] is not JsonObject properties || !new[] { "os", "browser", "device" }.All(properties.ContainsKey)) return "4002 no properties";
        if (data["shard"] is JsonArray shard && (shard.Count != 2 || (int)shard[0]! < 0 || (int)shard[0]! >= (int)shard[1]!)) return "4010 wrong shard";
        GatewayServerSession session = new(Guid.NewGuid().ToString("n"));
        _sessions[session.Id] = session;
        Identified++;
        Take(link, session);
        _ = session.SendAsync("READY", new JsonObject
        {
            ["v"] = 10, ["session_id"] = session.Id, ["resume_gateway_url"] = address(), ["user"] = MessageJson.User(world.Application, "Niche", true),
            ["application"] = new JsonObject { ["id"] = $"{world.Application}", ["flags"] = 0 }, ["guilds"] = new JsonArray(),
        });
        _links.Writer.TryWrite(link);
        return null;
    }

    internal async Task<bool> ResumeAsync(GatewayLink link, JsonObject data)
    {
        if ((string?)data["token"] != token || !_sessions.TryGetValue((string?)data["session_id"] ?? "", out GatewayServerSession? session)) return false;
        Take(link, session);
        await session.ReplayAsync((long)data["seq"]!);
        await session.SendAsync("RESUMED", new JsonObject());
        Resumed++;
        _links.Writer.TryWrite(link);
        return true;
    }

    private void Take(GatewayLink link, GatewayServerSession session)
    {
        link.Session = session;
        session.Link = link;
        Current = link;
    }
}
