using System.Text.Json.Nodes;

namespace Niche.DiscordStandIn.Gateway;

/// <summary>A session: its events are kept, so that a connection that resumes gets what it missed.</summary>
/// <param name="id">Its id.</param>
internal sealed class GatewayServerSession(string id)
{
    private readonly List<JsonObject> _events = [];
    private readonly SemaphoreSlim _order = new(1);

    public string Id => id;

    /// <summary>The connection that it has now.</summary>
    public GatewayLink? Link { get; set; }

    /// <summary>Keeps an event and sends it when there is a connection.</summary>
    public async Task SendAsync(string name, JsonNode data)
    {
        await _order.WaitAsync();
        try
        {
            JsonObject frame = new() { ["op"] = 0, ["s"] = _events.Count + 1, ["t"] = name, ["d"] = data };
            _events.Add(frame);
            if (Link is { } link) await link.SendAsync(frame.DeepClone());
        }
        finally
        {
            _order.Release();
        }
    }

    /// <summary>Sends again what came after a number.</summary>
    public async Task ReplayAsync(long after)
    {
        await _order.WaitAsync();
        try
        {
            foreach (JsonObject frame in _events.Where(frame => (int)frame["s"]! > after).ToList()) await Link!.SendAsync(frame.DeepClone());
        }
        finally
        {
            _order.Release();
        }
    }
}
