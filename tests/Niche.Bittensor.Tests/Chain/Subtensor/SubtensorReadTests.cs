using Niche.Bittensor.Chain;
using Niche.Bittensor.Chain.State;

namespace Niche.Bittensor.Tests.Chain.Subtensor;

/// <summary>Reading a chain whose answers were recorded from a real runtime (spec 293).</summary>
public sealed class SubtensorReadTests
{
    private const string Nobody = "5C4hrfjw9DjXZTzV3MwzrrAr9P1MJhSrvWGWqi1eSuyUpnhM";
    private const string Hotkey = "5Gy1LKtRbh3WPjjLqBAwhLf6qYbDnYEkY1YVDRuhxNKRPpAf";
    private const string Alice = "5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("http")]
    [InlineData("ws")]
    public async Task The_metagraph_is_what_the_runtime_said(string scheme)
    {
        await using var network = await StubNetwork.StartAsync(Populated(), [scheme]);
        network.Chain.Produce(9);
        var metagraph = await network.Client.GetMetagraphAsync(1, Ct);
        Assert.Equal((1, 9UL), ((int)metagraph.Netuid, metagraph.Block));
        Assert.Equal(Expected(), metagraph.Neurons);
    }

    [Fact]
    public async Task The_metagraph_from_storage_is_the_same()
    {
        await using var network = await StubNetwork.StartAsync(Populated(), ["http"]);
        network.Nodes[0].Apis.Clear();
        Assert.Equal(Expected(), (await network.Client.GetMetagraphAsync(1, Ct)).Neurons);
        Assert.Contains("state_call", network.Servers[0].Methods);
    }

    [Fact]
    public async Task A_runtime_that_tells_no_apis_is_read_from_storage()
    {
        await using var network = await StubNetwork.StartAsync(Populated("dev_spec293_metadata_v14.bin"), ["http"]);
        network.Nodes[0].OldMetadata = network.Chain.MetadataBytes;
        Assert.Equal(Expected(), (await network.Client.GetMetagraphAsync(1, Ct)).Neurons);
    }

    [Fact]
    public async Task The_full_metagraph_is_what_the_runtime_said()
    {
        await using var network = await StubNetwork.StartAsync(Populated(), ["http"]);
        var full = await network.Client.GetFullMetagraphAsync(1, Ct);
        Assert.Equal(Expected(), full.Metagraph.Neurons);
        Assert.Equal(("apex", "α", Nobody, Nobody), (full.Name, full.Symbol, full.OwnerHotkey, full.OwnerColdkey));
        Assert.Equal((9UL, (ushort)100, 9UL, 100_000_000UL, true), (full.Metagraph.Block, full.Tempo, full.BlocksSinceLastStep, full.BurnRao, full.RegistrationAllowed));
        Assert.Equal([1_000_000_000UL, 0UL], full.Scores.Select(score => score.AlphaStakeRao));
    }

    [Fact]
    public async Task A_subnet_that_is_not_there_is_no_empty_subnet()
    {
        await using var network = await StubNetwork.StartAsync(Populated(), ["http"]);
        network.Nodes[0].Apis[("NeuronInfoRuntimeApi_get_neurons_lite", "0x0900")] = "0x00";
        foreach (var read in (Func<Task>[])[
            () => network.Client.GetFullMetagraphAsync(9, Ct), () => network.Client.GetMetagraphAsync(9, Ct),
            () => network.Client.GetHyperparametersAsync(9, Ct), () => network.Client.GetEpochStorageAsync(9, Ct)])
        {
            var fault = await Assert.ThrowsAsync<SubtensorException>(read);
            Assert.Equal((SubtensorError.Unsupported, "The chain has no subnet 9."), (fault.Error, fault.Message));
        }
    }

    [Fact]
    public async Task Hyperparameters_come_from_storage_with_the_runtimes_own_defaults()
    {
        await using var network = await StubNetwork.StartAsync(Populated(), ["http"]);
        Assert.Equal(
            new SubnetHyperparameters(100, 3, 65535, 7, 100, true, 1, 50, 4096, 5000, 256),
            await network.Client.GetHyperparametersAsync(1, Ct));
    }

    [Fact]
    public async Task Epoch_storage_says_null_for_what_the_runtime_does_not_have()
    {
        await using var old = await StubNetwork.StartAsync(Populated(), ["http"]);
        var epochs = await old.Client.GetEpochStorageAsync(1, Ct);
        Assert.Equal(((ushort)100, 9UL, null, null, null, 1UL, true, null, 5UL, 1000UL), (
            epochs.Tempo, epochs.BlocksSinceLastStep, epochs.LastEpochBlock, epochs.PendingEpochAt, epochs.SubnetEpochIndex, epochs.RevealPeriodEpochs,
            epochs.CommitRevealWeightsEnabled, epochs.CommitRevealWeightsVersion, epochs.StakeThresholdRao, epochs.LastStoredRound));

        await using var finney = await StubNetwork.StartAsync(Populated("finney_spec393_metadata_v16.scale", 393), ["http"]);
        Assert.Equal((ushort)4, (await finney.Client.GetEpochStorageAsync(1, Ct)).CommitRevealWeightsVersion);
    }

    [Fact]
    public async Task Balances_stakes_costs_and_axons_are_read()
    {
        await using var network = await StubNetwork.StartAsync(Populated(), ["ws"]);
        Assert.Equal(1_000_000_000UL, await network.Client.GetStakeAsync(Nobody, 1, Ct));
        Assert.Equal(100_000_000UL, await network.Client.GetBurnAsync(1, Ct));
        Assert.Equal(0UL, (await network.Client.GetBalanceAsync(Alice, Ct)).FreeRao);
        Assert.Equal(new AxonEndpoint("203.0.113.5", 8091, Hotkey), await network.Client.GetAxonAsync(1, Hotkey, Ct));
        Assert.Null(await network.Client.GetAxonAsync(1, Alice, Ct));
        Assert.Equal(SubtensorError.Unsupported, (await Assert.ThrowsAsync<SubtensorException>(async () =>
            await (await network.Client.GetStateAsync(Ct)).GetAsync(new StorageQuery("SubtensorModule", "Tempoo", 1), Ct))).Error);
    }

    [Fact]
    public async Task A_map_is_read_page_by_page()
    {
        var chain = new StubChain();
        for (var uid = 0; uid < 1203; uid++) chain.Put("SubtensorModule", "BlockAtRegistration", [7, uid], uid * 2);
        chain.Put("SubtensorModule", "BlockAtRegistration", [8, 0], 1);
        await using var network = await StubNetwork.StartAsync(chain, ["http"]);
        var state = await network.Client.GetStateAsync(Ct);
        var entries = await state.GetMapAsync("SubtensorModule", "BlockAtRegistration", [7], 1203, Ct);
        Assert.Equal(1203, entries.Count);
        Assert.All(entries, entry => Assert.Equal(entry.Keys[1]!.AsInteger() * 2, entry.Value.AsInteger()));
        Assert.Equal(3, network.Servers[0].Methods.Count(method => method == "state_getKeysPaged"));
        Assert.Equal(SubtensorError.TooLarge, (await Assert.ThrowsAsync<SubtensorException>(() => state.GetMapAsync("SubtensorModule", "BlockAtRegistration", [7], 1202, Ct))).Error);
    }

    [Fact]
    public async Task Metadata_is_asked_for_once_by_many_and_again_when_the_runtime_changes()
    {
        await using var network = await StubNetwork.StartAsync(Populated(), ["ws"]);
        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => network.Client.GetBurnAsync(1, Ct)));
        Assert.Equal(1, Asked());
        network.Chain.Upgrade(294);
        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => network.Client.GetBurnAsync(1, Ct)));
        Assert.Equal(2, Asked());
        Assert.Equal(294U, (await network.Client.GetStateAsync(Ct)).Runtime.SpecVersion);
        Assert.Equal(293U, (await network.Client.GetStateAsync(0, Ct)).Runtime.SpecVersion);
        Assert.Equal(2, Asked());

        int Asked() => network.Servers[0].Methods.Count(method => method == "state_call");
    }

    internal static StubChain Populated(string metadata = "dev_spec293_metadata_v15.bin", uint spec = 293)
    {
        var chain = new StubChain(metadata, spec);
        void Put(string item, object? value, params object?[] keys) => chain.Put("SubtensorModule", item, keys, value);
        Put("NetworksAdded", true, 1);
        Put("Tempo", 100, 1);
        Put("MinAllowedWeights", 3, 1);
        Put("MaxWeightsLimit", 65535, 1);
        Put("WeightsVersionKey", 7, 1);
        Put("CommitRevealWeightsEnabled", true, 1);
        Put("ImmunityPeriod", 4096, 1);
        Put("MaxAllowedUids", 256, 1);
        Put("BlocksSinceLastStep", 9, 1);
        Put("StakeThreshold", 5);
        chain.Put("Drand", "LastStoredRound", [], 1000);

        Put("SubnetworkN", 2, 1);
        Put("Keys", Nobody, 1, 0);
        Put("Keys", Hotkey, 1, 1);
        Put("Owner", Alice, Hotkey);
        Put("BlockAtRegistration", 3, 1, 1);
        Put("TotalHotkeyAlpha", 1_000_000_000, Nobody, 1);
        Put("LastUpdate", new ulong[] { 0, 3 }, 1);
        Put("Active", new[] { true, true }, 1);
        Put("ValidatorPermit", new[] { false }, 1); // Shorter than the subnet, as right after a registration.
        Put("Axons", new Dictionary<string, object?> { ["block"] = 8, ["version"] = 10_002_000, ["ip"] = 3405803781, ["port"] = 8091, ["ip_type"] = 4, ["protocol"] = 4, ["placeholder1"] = 0, ["placeholder2"] = 0 }, 1, Hotkey);
        return chain;
    }

    private static Neuron[] Expected() =>
    [
        new(0, Nobody, Nobody, null, 1.0, false, true, 0, 0, 0),
        new(1, Hotkey, Alice, new AxonEndpoint("203.0.113.5", 8091, Hotkey), 0, false, true, 3, 3, 0),
    ];
}
