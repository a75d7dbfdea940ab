using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Niche.Bittensor.Chain;
using Niche.Bittensor.Chain.Ledger;
using Niche.Bittensor.Keys;
using Niche.Miner;
using Niche.Miner.Work;
using Niche.Storage;
using Niche.Storage.Embedded;
using Niche.Subnet.Weights;
using Niche.Validator.Network;

namespace Niche.Validator.Tests.Rig;

/// <summary>
/// A whole subnet in this process: ledger, miners and validators on sockets of loopback, storage in a folder of its own. All of them read one
/// clock that only the test moves: nothing is late because the machine is busy.
/// </summary>
public sealed class TestSubnet : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("niche-validator-").FullName;
    private readonly Keypair _validator = Keypair.FromUri(ValidatorNode.Secret);
    private readonly List<IAsyncDisposable> _parts = [];
    private readonly Uri _endpoint;
    private int _miners;

    private TestSubnet(Uri endpoint)
    {
        _endpoint = endpoint;
        Storage = EmbeddedStorage.Open(new EmbeddedOptions(Path.Combine(_folder, "storage")), Time);
    }

    // No two readings are the same, as nonces need it.
    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 3, 1, 0, 0, 1, TimeSpan.Zero)) { AutoAdvanceAmount = TimeSpan.FromMicroseconds(1) };

    public TestLog Log { get; } = new();

    public EmbeddedStorage Storage { get; }

    public LocalChain Chain { get; private set; } = null!;

    public string ValidatorHotkey => _validator.Address;

    public static async Task<TestSubnet> StartAsync(ReferenceEndpoint endpoint, SubnetHyperparameters? rules = null)
    {
        TestSubnet subnet = new(endpoint.Address);
        subnet.Chain = await LocalChain.StartAsync(subnet._folder, subnet.Time, rules ?? LedgerOptions.DefaultRules);
        await subnet.Chain.RegisterAsync(subnet._validator, 100_000, permit: true, subnet.Time);
        return subnet;
    }

    /// <summary>A miner that the chain knows.</summary>
    /// <param name="kind">honest, or one of the attacks.</param>
    /// <param name="volume">Requests per interval that it declares.</param>
    /// <param name="decorate">Put around honest work.</param>
    /// <param name="time">Its clock; the subnet's unless told.</param>
    public async Task<TestMiner> AddMinerAsync(
        string kind = "honest", int volume = 256, Func<IMinerWork, IMinerWork>? decorate = null, TimeProvider? time = null)
    {
        Keypair hotkey = Keypair.FromUri($"//Miner//{++_miners}");
        await Chain.RegisterAsync(hotkey, 10, permit: false, Time);
        MinerOptions options = new()
        {
            Hotkey = hotkey,
            Endpoints = [_endpoint],
            Chain = ChainAddress.Of(Chain.Address),
            Urls = ["http://127.0.0.1:0"],
            TotalVolume = volume,
            ExternalIp = "127.0.0.1",
        };
        TestMiner miner = await TestMiner.StartAsync(kind, options, time ?? Time, Log, decorate);
        _parts.Add(miner);
        await Until.TrueAsync(() => Chain.Metagraph().FindByHotkey(hotkey.Address)?.Axon is not null);
        return miner;
    }

    /// <summary>A validator instance that has looked at the subnet.</summary>
    public async Task<ValidatorNode> AddValidatorAsync(
        Action<Dictionary<string, string?>>? settings = null, Action<IServiceCollection>? services = null)
    {
        Dictionary<string, string?> values = new()
        {
            ["Validator:HotkeySecret"] = ValidatorNode.Secret,
            ["Validator:ChainEndpoint"] = Chain.Address.ToString(),
            ["Validator:ReferenceEndpoint"] = _endpoint.ToString(),
            ["Validator:OrganicAudit"] = "1",
            ["Validator:MaxSyntheticPerMiner"] = "1",
        };
        settings?.Invoke(values);
        ValidatorNode node = new(values, Storage, Time, Log, services);
        _parts.Add(node);
        await node.LookAroundAsync();
        return node;
    }

    public ushort UidOf(TestMiner miner) => Chain.Metagraph().FindByHotkey(miner.Hotkey)!.Uid;

    public async Task<IReadOnlyList<WeightReceipt>> WeightReceiptsAsync()
    {
        List<WeightReceipt> receipts = [];
        JsonTable<WeightReceipt> table = new(Storage.Tables, TableNames.Weights);
        await foreach ((_, WeightReceipt receipt) in table.QueryAsync("all", null, null, null, TestContext.Current.CancellationToken)) receipts.Add(receipt);
        return receipts;
    }

    public async ValueTask DisposeAsync()
    {
        for (int i = _parts.Count - 1; i >= 0; i--) await _parts[i].DisposeAsync();
        if (Chain is not null) await Chain.DisposeAsync();
        await Storage.DisposeAsync();
        _validator.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
