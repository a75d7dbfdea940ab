using Niche.Bittensor.Chain.Rpc;
using Niche.Bittensor.Chain.Subtensor;

namespace Niche.Bittensor.Tests.RecordedChain;

/// <summary>The real client over real nodes.</summary>
public sealed class ClientHost : IAsyncDisposable
{
    private readonly HttpClient _http = new(HttpRpcConnection.CreateHandler()) { Timeout = Timeout.InfiniteTimeSpan };
    private readonly NodeServer[] _nodes;

    private ClientHost(bool overWebSocket, NodeServer[] nodes, Action<SubtensorOptions>? configure)
    {
        _nodes = nodes;
        var options = new SubtensorOptions
        {
            Endpoints = [.. nodes.Select(node => (overWebSocket ? node.WebSocket : node.Http).ToString())],
            PollInterval = TimeSpan.FromMilliseconds(50),
            Rpc = new RpcOptions { CallTimeout = TimeSpan.FromSeconds(10), TotalTimeout = TimeSpan.FromSeconds(60), FirstRest = TimeSpan.FromMilliseconds(20) },
        };
        configure?.Invoke(options);
        Client = SubtensorClient.Connect(options, _http, TimeProvider.System, new Random(1));
    }

    public SubtensorClient Client { get; }

    public NodeServer Node => _nodes[0];

    public NodeServer Second => _nodes[1];

    public NodeChain Chain => Node.Chain;

    /// <summary>A client over nodes of one chain, the first preferred.</summary>
    public static async Task<ClientHost> StartAsync(NodeOptions options, bool overWebSocket = false, int nodes = 1, Action<SubtensorOptions>? configure = null)
    {
        var chain = new NodeChain(options with { SealAtOnce = true });
        chain.AddSubnet(1);
        var started = new List<NodeServer>();
        for (var i = 0; i < nodes; i++) started.Add(await NodeServer.StartAsync(chain));
        return new ClientHost(overWebSocket, [.. started], configure);
    }

    /// <summary>Another client over one more node of the same chain, as after a restart.</summary>
    public async Task<ClientHost> AgainAsync(Action<SubtensorOptions>? configure = null) => new(false, [await NodeServer.StartAsync(Chain)], configure);

    public async ValueTask DisposeAsync()
    {
        await Client.DisposeAsync();
        _http.Dispose();
        foreach (var node in _nodes) await node.DisposeAsync();
    }
}
