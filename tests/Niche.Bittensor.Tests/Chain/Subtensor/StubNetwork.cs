using Niche.Bittensor.Chain.Rpc;
using Niche.Bittensor.Chain.Subtensor;
using Niche.Bittensor.Tests.Chain.Rpc;

namespace Niche.Bittensor.Tests.Chain.Subtensor;

/// <summary>A stub chain, its nodes on loopback ports, and a client of them.</summary>
public sealed class StubNetwork : IAsyncDisposable
{
    private readonly HttpClient _http = new(HttpRpcConnection.CreateHandler());
    private readonly List<RpcServer> _servers = [];

    private StubNetwork(StubChain chain) => Chain = chain;

    public StubChain Chain { get; }

    public IReadOnlyList<StubNode> Nodes { get; private set; } = [];

    public IReadOnlyList<RpcServer> Servers => _servers;

    public SubtensorClient Client { get; private set; } = null!;

    public SubtensorOptions Options { get; } = new() { PollInterval = TimeSpan.FromMilliseconds(20) };

    /// <summary>One node for each scheme.</summary>
    public static async Task<StubNetwork> StartAsync(StubChain chain, string[] schemes, TimeProvider? time = null, Action<SubtensorOptions>? configure = null)
    {
        var network = new StubNetwork(chain) { Nodes = [.. schemes.Select(_ => new StubNode(chain))] };
        foreach (var node in network.Nodes) network._servers.Add(await RpcServer.StartAsync(node.HandleAsync));
        configure?.Invoke(network.Options);
        for (var i = 0; i < schemes.Length; i++) network.Options.Endpoints.Add($"{schemes[i]}://127.0.0.1:{network._servers[i].Port}");
        network.Client = SubtensorClient.Connect(network.Options, network._http, time ?? TimeProvider.System, new Random(1));
        return network;
    }

    public async ValueTask DisposeAsync()
    {
        await Client.DisposeAsync();
        foreach (var server in _servers) await server.DisposeAsync();
        _http.Dispose();
    }
}
