using Niche.Bittensor.Chain.Extrinsics;
using Niche.Bittensor.Chain.Values;
using Niche.Bittensor.Keys;

namespace Niche.Bittensor.Tests.RecordedChain;

/// <summary>The stand-in refuses what a real node refuses.</summary>
public sealed class NodeRulesTests : IDisposable
{
    private const ulong Tao = 1_000_000_000;

    private readonly Keypair _cold = Keypair.FromUri("//Alice");
    private readonly Keypair _hot = Keypair.FromUri("//Alice//hk");
    private readonly Keypair _miner = Keypair.FromUri("//Bob//hk");

    public static readonly TheoryData<string> Generations = ["dev", "finney"];

    public void Dispose()
    {
        _cold.Dispose();
        _hot.Dispose();
        _miner.Dispose();
    }

    [Fact]
    public async Task Signature_runtime_genesis_era_nonce_and_fee_are_checked()
    {
        await using var server = await StartAsync(NodeOptions.Dev293);
        using var driver = new NodeDriver(server);
        server.Chain.SealTo(3000);
        object?[] remark = [new byte[] { 1 }];
        Assert.Equal("""1010: {"invalid":{"badProof":null}}""", await Bent(terms => terms with { SpecVersion = 292 }));
        Assert.Equal("""1010: {"invalid":{"badProof":null}}""", await Bent(terms => terms with { TransactionVersion = 2 }));
        Assert.Equal("""1010: {"invalid":{"badProof":null}}""", await Bent(terms => terms with { GenesisHash = new byte[32] }));
        Assert.Equal("""1010: {"invalid":{"badProof":null}}""", await Bent(terms => terms with { Era = Era.Mortal(2999), EraBlockHash = new byte[32] }));
        Assert.Equal("""1010: {"invalid":{"ancientBirthBlock":null}}""", await Bent(terms => terms with { Era = new Era(4096, 100), EraBlockHash = server.Chain.At(100)!.Hash }));
        Assert.Null(await Bent(terms => terms with { Era = Era.Mortal(2999), EraBlockHash = server.Chain.At(2999)!.Hash }));
        server.Chain.Seal();
        Assert.Equal("""1010: {"invalid":{"stale":null}}""", await Bent(terms => terms with { Nonce = 0 }));
        Assert.Equal("""1010: {"invalid":{"payment":null}}""", await Bent(terms => terms with { Tip = 1_000_000 * Tao }));
        Assert.Equal("""1010: {"invalid":{"payment":null}}""", await driver.SubmitAsync(driver.Sign(_hot, "System", "remark", remark)));
        Assert.StartsWith("1011", await driver.SubmitAsync([1, 2, 3]), StringComparison.Ordinal);

        Task<string?> Bent(Func<SigningTerms, SigningTerms> bend) => driver.SubmitAsync(driver.Sign(_cold, "System", "remark", remark, bend));
    }

    [Fact]
    public async Task A_real_node_has_other_words_for_the_same()
    {
        await using var server = await StartAsync(NodeOptions.Finney393);
        using var driver = new NodeDriver(server);
        var wrong = driver.Sign(_cold, "System", "remark", [new byte[] { 1 }], terms => terms with { SpecVersion = 392 });
        Assert.Equal("Invalid Transaction: Transaction has a bad signature", await driver.SubmitAsync(wrong));
        Assert.Equal("Invalid Transaction: Custom error: 10", await driver.DoAsync(_miner, "serve_axon", Axon(3405803781)));
    }

    [Fact]
    public async Task Nonces_wait_for_each_other_and_the_same_bytes_are_taken_once()
    {
        await using var server = await StartAsync(NodeOptions.Dev293);
        using var driver = new NodeDriver(server);
        var (later, first) = (Remark(1), Remark(0));
        Assert.Null(await driver.SubmitAsync(later));
        Assert.Single(server.Chain.Seal().Extrinsics);
        Assert.Null(await driver.SubmitAsync(first));
        Assert.StartsWith("Transaction is already imported", await driver.SubmitAsync(first), StringComparison.Ordinal);
        Assert.StartsWith("Priority is too low", await driver.SubmitAsync(Remark(0, tip: 1)), StringComparison.Ordinal);
        Assert.Equal(2U, (await driver.ResultAsync("system_accountNextIndex", _cold.Address)).GetUInt32());
        Assert.Equal([first, later], server.Chain.Seal().Extrinsics.Skip(1));

        byte[] Remark(uint nonce, ulong tip = 0) => driver.Sign(_cold, "System", "remark", [new byte[] { 1 }], terms => terms with { Nonce = nonce, Tip = tip });
    }

    [Theory]
    [MemberData(nameof(Generations))]
    public async Task Registration_costs_burn_once_and_fills_the_lists(string generation)
    {
        await using var server = await StartAsync(Options(generation));
        using var driver = new NodeDriver(server);
        Assert.Null(await driver.DoAsync(_cold, "burned_register", 1, _hot.Address));
        Assert.Equal("HotKeyAlreadyRegisteredInSubNet", await driver.DoAsync(_cold, "burned_register", 1, _hot.Address));
        var state = server.Chain.Best.State;
        Assert.Equal((100 * Tao) - (Tao / 10) - (2 * NodeRuntime.Fee), state.Free(_cold.PublicKey.ToArray()));
        Assert.Equal(((ushort?)0, 1UL), (state.Uid(1, _hot.PublicKey.ToArray()), state.Numbers("LastUpdate", 1).Single()));
        server.Chain.Fund(_cold.Address, 1_000_000);
        Assert.Equal("NotEnoughBalanceToStake", await driver.DoAsync(_cold, "burned_register", 1, _miner.Address));
        Assert.Contains("3", await driver.DoAsync(_cold, "burned_register", 9, _miner.Address), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Generations))]
    public async Task Axons_are_served_by_registered_hotkeys_without_funds_at_addresses_others_can_reach(string generation)
    {
        await using var server = await StartAsync(Options(generation));
        using var driver = new NodeDriver(server);
        Assert.EndsWith(Custom(10, generation), await driver.DoAsync(_hot, "serve_axon", Axon(3405803781)), StringComparison.Ordinal);
        server.Chain.AddNeuron(1, _hot.Address, _cold.Address);
        Assert.EndsWith(Custom(11, generation), await driver.DoAsync(_hot, "serve_axon", Axon(0x7F000001)), StringComparison.Ordinal);
        Assert.EndsWith(Custom(13, generation), await driver.DoAsync(_hot, "serve_axon", Axon(3405803781, port: 0)), StringComparison.Ordinal);
        Assert.Null(await driver.DoAsync(_hot, "serve_axon", Axon(3405803781)));
        Assert.EndsWith(Custom(12, generation), await driver.DoAsync(_hot, "serve_axon", Axon(3405803782)), StringComparison.Ordinal);
        server.Chain.Seal(50);
        Assert.Null(await driver.DoAsync(_hot, "serve_axon", Axon(3405803782)));
        Assert.Equal(3405803782, server.Chain.Best.State.Get("SubtensorModule", "Axons", 1, _hot.Address)!["ip"].AsInteger());
    }

    [Theory]
    [MemberData(nameof(Generations))]
    public async Task Weights_are_checked_in_the_runtimes_order_and_stored_with_the_largest_at_65535(string generation)
    {
        await using var server = await StartAsync(Options(generation));
        using var driver = new NodeDriver(server);
        var chain = server.Chain;
        Assert.Equal("UidsLengthExceedUidsInSubNet", await Weights([0], [1]));
        chain.AddNeuron(1, _miner.Address, _cold.Address);
        Assert.Equal("HotKeyNotRegisteredInSubNet", await Weights([0], [1]));
        chain.AddNeuron(1, _hot.Address, _cold.Address, stake: 10 * Tao);
        Assert.Equal(generation == "dev" ? "SettingWeightsTooFast" : Custom(6, generation), (await Weights([0], [1]))!.Split(": ", 2)[^1]);
        chain.Arrange(state => state.Set("WeightsSetRateLimit", 0, 1));
        Assert.Equal("NeuronNoValidatorPermit", await Weights([0], [1]));
        Assert.Null(await Weights([1], [1]));
        chain.Arrange(state => state.Set("ValidatorPermit", new[] { false, true }, 1));
        Assert.Equal("DuplicateUids", await Weights([0, 0], [1, 1]));
        Assert.Equal("UidVecContainInvalidOne", await Weights([0, 2], [1, 1]));
        Assert.Equal("UidsLengthExceedUidsInSubNet", await Weights([0, 1, 2], [1, 1, 1]));
        chain.Arrange(state => state.Set("WeightsVersionKey", 5, 1));
        Assert.Equal("IncorrectWeightVersionKey", await Weights([0, 1], [1, 2]));
        Assert.Null(await Weights([0, 1], [1, 2], versionKey: 5));
        Assert.Equal("[[0,32768],[1,65535]]", Stored(chain));
        chain.Arrange(state => state.Set("MaxWeightsLimit", 20000, 1));
        Assert.Equal("MaxWeightExceeded", await Weights([0, 1], [1, 2], versionKey: 5));
        chain.Arrange(state => state.Set("MinAllowedWeights", 2, 1));
        Assert.Equal("WeightVecLengthIsLow", await Weights([0], [1], versionKey: 5));
        chain.Arrange(state => state.Set("StakeThreshold", 100 * Tao));
        Assert.EndsWith(Custom(1, generation), await Weights([0, 1], [1, 2], versionKey: 5), StringComparison.Ordinal);
        chain.Arrange(state =>
        {
            state.Set("StakeThreshold", 0);
            state.Set("CommitRevealWeightsEnabled", true, 1);
        });
        Assert.Equal("CommitRevealEnabled", await Weights([0, 1], [1, 2], versionKey: 5));

        Task<string?> Weights(ushort[] uids, ushort[] values, ulong versionKey = 0) => generation == "dev"
            ? driver.DoAsync(_hot, "set_weights", 1, uids, values, versionKey)
            : driver.DoAsync(_hot, "set_mechanism_weights", 1, 0, uids, values, versionKey);
    }

    internal static string Stored(NodeChain chain, int uid = 1) => ScaleValueJson.Render(chain.Best.State.Get("SubtensorModule", "Weights", 1, uid)!);

    internal static object?[] Axon(ulong ip, int port = 8091) => [1, 10_002_000, ip, port, 4, 4, 0, 0];

    internal static NodeOptions Options(string generation) => generation == "dev" ? NodeOptions.Dev293 : NodeOptions.Finney393;

    internal static string Custom(int code, string generation) => generation == "dev" ? $$$"""{"invalid":{"custom":{{{code}}}}}""" : $"Custom error: {code}";

    private async Task<NodeServer> StartAsync(NodeOptions options)
    {
        var server = await NodeServer.StartAsync(options);
        server.Chain.AddSubnet(1);
        server.Chain.Fund(_cold.Address, 100 * Tao);
        return server;
    }
}
