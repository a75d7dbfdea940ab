using Niche.Bittensor.Chain.Rpc;
using Niche.Bittensor.Chain.Subtensor;
using Niche.Bittensor.Chain.Weights;
using Niche.Bittensor.Keys;
using Niche.Bittensor.Tests.RecordedChain;

namespace Niche.Bittensor.Tests.Chain.Weights;

/// <summary>A strict node with subnet 1 (tempo 10: epoch 2 is blocks 20 to 30), two neurons of which ours is uid 1, and a client.</summary>
public sealed class WeightNetwork : IAsyncDisposable
{
    public const ushort Netuid = 1;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("weights");
    private readonly HttpClient _http = new(HttpRpcConnection.CreateHandler());
    private FileWeightCommitStore? _store;

    private WeightNetwork(NodeServer server) => Server = server;

    public NodeServer Server { get; }

    public NodeChain Chain => Server.Chain;

    public Keypair Hotkey { get; } = Keypair.FromUri("//Alice//hk");

    public SubtensorClient Client { get; private set; } = null!;

    public static async Task<WeightNetwork> StartAsync(NodeOptions options, bool commitReveal, WeightMethod commitBy = WeightMethod.Timelock)
    {
        WeightNetwork network = new(await NodeServer.StartAsync(options with { SealAtOnce = true }));
        network.Chain.AddSubnet(Netuid);
        network.Chain.Arrange(state =>
        {
            state.Set("CommitRevealWeightsEnabled", commitReveal, Netuid);
            state.Set("WeightsSetRateLimit", 0, Netuid);
        });
        network.Chain.AddNeuron(Netuid, Keypair.FromUri("//Bob//hk").Address, Keypair.FromUri("//Bob").Address);
        network.Chain.AddNeuron(Netuid, network.Hotkey.Address, Keypair.FromUri("//Alice").Address, stake: 1_000_000_000, permit: true);
        network.Restart(commitBy);
        return network;
    }

    /// <summary>Another process with the same key and the same file of salts.</summary>
    public void Restart(WeightMethod commitBy, IWeightCommitStore? store = null)
    {
        _store?.Dispose();
        _store = new FileWeightCommitStore(Path.Combine(_folder.FullName, "commits.json"));
        SubtensorOptions options = new()
        {
            Endpoints = [Server.Http.ToString()],
            PollInterval = TimeSpan.FromMilliseconds(20),
            CommitBy = commitBy,
            Commits = store ?? _store,
        };
        Client = SubtensorClient.Connect(options, _http, TimeProvider.System, new Random(1));
    }

    public string Stored() => NodeRulesTests.Stored(Chain);

    public async ValueTask DisposeAsync()
    {
        await Client.DisposeAsync();
        await Server.DisposeAsync();
        _http.Dispose();
        _store?.Dispose();
        Hotkey.Dispose();
        _folder.Delete(recursive: true);
    }
}
