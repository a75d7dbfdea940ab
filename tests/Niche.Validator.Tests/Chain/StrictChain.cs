using Microsoft.Extensions.Time.Testing;
using Niche.Bittensor.Keys;
using Niche.Bittensor.Tests.RecordedChain;
using Niche.Storage.Embedded;
using Niche.Validator.Network;
using Niche.Validator.Tests.Rig;

namespace Niche.Validator.Tests.Chain;

/// <summary>
/// A strict Subtensor node with subnet 23 (tempo 10: epochs begin in blocks 9, 20, 31) in which a miner and a validator are registered, and the
/// validator's storage.
/// </summary>
internal sealed class StrictChain : IAsyncDisposable
{
    public const ushort Netuid = 23;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("strict");

    private StrictChain(NodeServer node)
    {
        Node = node;
        Storage = EmbeddedStorage.Open(new EmbeddedOptions(_folder.FullName), Time);
    }

    public NodeServer Node { get; }

    public EmbeddedStorage Storage { get; }

    public TestLog Log { get; } = new();

    public Keypair Miner { get; } = Keypair.FromUri("//Miner//1");

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 3, 1, 0, 0, 1, TimeSpan.Zero)) { AutoAdvanceAmount = TimeSpan.FromMicroseconds(1) };

    public static async Task<StrictChain> StartAsync(NodeOptions options, bool commitReveal)
    {
        StrictChain chain = new(await NodeServer.StartAsync(options with { SealAtOnce = true }));
        chain.Node.Chain.AddSubnet(Netuid);
        chain.Node.Chain.Arrange(state =>
        {
            state.Set("CommitRevealWeightsEnabled", commitReveal, Netuid);
            state.Set("WeightsSetRateLimit", 0, Netuid);
        });
        using Keypair validator = Keypair.FromUri(ValidatorNode.Secret);
        chain.Node.Chain.AddNeuron(Netuid, chain.Miner.Address, validator.Address);
        chain.Node.Chain.AddNeuron(Netuid, validator.Address, validator.Address, stake: 1_000_000_000, permit: true);
        return chain;
    }

    /// <summary>A validator that has read the metagraph and has scored the miner.</summary>
    public async Task<ValidatorNode> AddValidatorAsync(string commitBy)
    {
        Dictionary<string, string?> settings = new()
        {
            ["Validator:HotkeySecret"] = ValidatorNode.Secret,
            ["Validator:ChainEndpoint"] = Node.WebSocket.ToString(),
            ["Validator:CommitBy"] = commitBy,
            ["Validator:ReferenceEndpoint"] = "http://127.0.0.1:1/",
        };
        ValidatorNode validator = new(settings, Storage, Time, Log, null);
        await validator.Get<MetagraphSync>().RunAsync(TestContext.Current.CancellationToken);
        MinerRecord record = new(Miner.Address, 0, "203.0.113.5", 8091, Ask.ImageModel, 40, 40, true, Time.GetUtcNow(), null) { Models = [Ask.ImageModel] };
        await validator.Get<MinerStore>().SetAsync(record, TestContext.Current.CancellationToken);
        for (int i = 0; i < 3; i++) await validator.BookAsync(Miner.Address, Ask.ImageModel, $"{i}", good: true);
        return validator;
    }

    /// <summary>Weights of the validator, as the chain keeps them.</summary>
    public string Stored() => Bittensor.Chain.Values.ScaleValueJson.Render(Node.Chain.Best.State.Get("SubtensorModule", "Weights", Netuid, 1)!);

    public async ValueTask DisposeAsync()
    {
        await Node.DisposeAsync();
        await Storage.DisposeAsync();
        Miner.Dispose();
        _folder.Delete(recursive: true);
    }
}
