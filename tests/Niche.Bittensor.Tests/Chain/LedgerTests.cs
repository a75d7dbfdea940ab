using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using Niche.Bittensor.Chain;
using Niche.Bittensor.Chain.Ledger;
using Niche.Bittensor.Keys;
using Niche.Bittensor.Synapses;

namespace Niche.Bittensor.Tests.Chain;

public sealed class LedgerTests : IAsyncLifetime
{
    private const ushort Netuid = 23;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("niche-ledger-");
    private readonly FakeTimeProvider _time = new(DateTimeOffset.UnixEpoch.AddYears(56));
    private readonly Keypair _validator = Keypair.FromUri("//Alice");
    private readonly Keypair _miner = Keypair.FromUri("//Bob");
    private LedgerHost _ledger = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _ledger = await StartAsync();

    public async ValueTask DisposeAsync()
    {
        await _ledger.DisposeAsync();
        _validator.Dispose();
        _miner.Dispose();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Blocks_follow_the_clock()
    {
        Assert.Equal(0UL, await _ledger.Client.GetBlockAsync(Ct));
        _time.Advance(TimeSpan.FromSeconds(7.5));
        Assert.Equal(7UL, await _ledger.Client.GetBlockAsync(Ct));
    }

    [Fact]
    public async Task Register_serve_set_weights_and_read_back()
    {
        await RegisterBothAsync();
        var served = await _ledger.Client.ServeAxonAsync(Netuid, new AxonEndpoint("127.0.0.1", 8091, _miner.Address), _miner, Ct);
        _time.Advance(TimeSpan.FromSeconds(10));
        var set = await SetAsync([0, 1], [1, 3]);
        Assert.True(served.Success, served.Error);
        Assert.True(set.Success, set.Error);
        Assert.Equal(11UL, set.Block);
        Assert.StartsWith("0x", set.Hash, StringComparison.Ordinal);

        var graph = await _ledger.Client.GetMetagraphAsync(Netuid, Ct);
        Assert.Equal([_validator.Address, _miner.Address], graph.Neurons.Select(neuron => neuron.Hotkey));
        var miner = graph.FindByHotkey(_miner.Address)!;
        Assert.Equal(new AxonEndpoint("127.0.0.1", 8091, _miner.Address), miner.Axon);
        Assert.Equal([16384, 49151], graph.Neurons.Select(neuron => neuron.Incentive));
        Assert.True(graph.Neurons[0].ValidatorPermit);
        Assert.Equal(1000.5, graph.Neurons[0].Stake);
        Assert.Equal(11UL, graph.Neurons[0].LastUpdate);
        Assert.Null(graph.FindByHotkey("nobody"));
        var weights = Assert.Single(await _ledger.Client.GetWeightsAsync(Netuid, Ct));
        Assert.Equal([21845, 65535], weights.Values);
    }

    [Fact]
    public async Task Incentive_is_the_stake_weighted_mean()
    {
        await RegisterBothAsync();
        using var second = Keypair.FromUri("//Charlie");
        await _ledger.Client.RegisterAsync(Netuid, second, 3001.5, true, Ct);
        _time.Advance(TimeSpan.FromSeconds(10));
        await SetAsync([1], [65535]);
        await _ledger.Client.SetWeightsAsync(Netuid, [0], [65535], 5, second, Ct);
        var graph = await _ledger.Client.GetMetagraphAsync(Netuid, Ct);
        Assert.Equal([49151, 16384, 0], graph.Neurons.Select(neuron => neuron.Incentive));
    }

    [Fact]
    public async Task Everything_survives_a_restart()
    {
        await RegisterBothAsync();
        _time.Advance(TimeSpan.FromSeconds(10));
        await SetAsync([1], [1]);
        var before = await _ledger.Client.GetMetagraphAsync(Netuid, Ct);
        await _ledger.DisposeAsync();
        _ledger = await StartAsync();
        var after = await _ledger.Client.GetMetagraphAsync(Netuid, Ct);
        Assert.Equal(before.Block, after.Block);
        Assert.Equal(before.Neurons, after.Neurons);
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("SettingWeightsTooFast", (await SetAsync([1], [1])).Error);
    }

    [Theory]
    [InlineData("not registered", "HotKeyNotRegisteredInSubNet")]
    [InlineData("no permit", "NeuronNoValidatorPermit")]
    [InlineData("too fast", "SettingWeightsTooFast")]
    [InlineData("old version", "IncorrectWeightVersionKey")]
    [InlineData("unequal lengths", "WeightVecNotEqualSize")]
    [InlineData("duplicate uids", "DuplicateUids")]
    [InlineData("unknown uid", "UidVecContainInvalidOne")]
    [InlineData("too many uids", "UidsLengthExceedUidsInSubNet")]
    [InlineData("nothing", "WeightVecLengthIsLow")]
    [InlineData("only zeros", "WeightVecLengthIsLow")]
    [InlineData("unknown subnet", "SubnetNotExists")]
    public async Task Weights_are_refused_with_the_chains_words(string situation, string error)
    {
        using var stranger = Keypair.FromUri("//Dave");
        await RegisterBothAsync();
        if (situation != "too fast") _time.Advance(TimeSpan.FromSeconds(10));
        var result = situation switch
        {
            "not registered" => await SetAsync([1], [1], stranger),
            "no permit" => await SetAsync([0], [1], _miner),
            "old version" => await SetAsync([1], [1], version: 4),
            "unequal lengths" => await SetAsync([1], [1, 2]),
            "duplicate uids" => await SetAsync([1, 1], [1, 2]),
            "unknown uid" => await SetAsync([9], [1]),
            "too many uids" => await SetAsync([0, 1, 2], [1, 1, 1]),
            "nothing" => await SetAsync([], []),
            "only zeros" => await SetAsync([0, 1], [0, 0]),
            "unknown subnet" => (await _ledger.Client.SetWeightsAsync(7, [1], [1], 5, _validator, Ct)).Extrinsic,
            _ => await SetAsync([1], [1]),
        };
        Assert.Equal(new ExtrinsicResult(false, null, null, error), result);
        Assert.Empty(await _ledger.Client.GetWeightsAsync(Netuid, Ct));
    }

    [Theory]
    [InlineData("256.1.1.1", 8091, "InvalidIpAddress")]
    [InlineData("127.0.0.1", 0, "InvalidPort")]
    [InlineData("127.0.0.1", 70000, "InvalidPort")]
    public async Task Impossible_axons_are_refused(string ip, int port, string error)
    {
        await RegisterBothAsync();
        Assert.Equal(error, (await _ledger.Client.ServeAxonAsync(Netuid, new AxonEndpoint(ip, port, ""), _miner, Ct)).Error);
    }

    [Fact]
    public async Task Serving_again_at_once_or_unregistered_is_refused()
    {
        var axon = new AxonEndpoint("127.0.0.1", 8091, _miner.Address);
        Assert.Equal("HotKeyNotRegisteredInNetwork", (await _ledger.Client.ServeAxonAsync(Netuid, axon, _miner, Ct)).Error);
        await RegisterBothAsync();
        Assert.True((await _ledger.Client.ServeAxonAsync(Netuid, axon, _miner, Ct)).Success);
        Assert.Equal("ServingRateLimitExceeded", (await _ledger.Client.ServeAxonAsync(Netuid, axon, _miner, Ct)).Error);
    }

    [Fact]
    public async Task Forged_changed_replayed_and_future_calls_are_refused()
    {
        await RegisterBothAsync();
        var nonce = NonceClock.Now(_time) + 1_000_000;
        var good = LedgerExtrinsic.Sign("serve_axon", Netuid, new { ip = "127.0.0.1", port = 1 }, _miner, nonce);
        Assert.Equal("BadProof", await ErrorAsync(good with { Netuid = 1 }));
        Assert.Equal("BadProof", await ErrorAsync(good with { Hotkey = _validator.Address }));
        Assert.Equal("BadProof", await ErrorAsync(good with { Args = JsonSerializer.SerializeToElement(new { ip = "127.0.0.1", port = 2 }) }));
        Assert.Equal("BadProof", await ErrorAsync(good with { Signature = "0x00" }));
        Assert.Null(await ErrorAsync(good));
        Assert.Equal("Stale", await ErrorAsync(good));
        Assert.Equal("Future", await ErrorAsync(LedgerExtrinsic.Sign("serve_axon", Netuid, new { }, _miner, long.MaxValue)));
        Assert.Equal("InvalidArguments", await ErrorAsync(LedgerExtrinsic.Sign("serve_axon", Netuid, new { ip = 7 }, _miner, nonce + 1)));
        Assert.Equal("CallNotFound", await ErrorAsync(LedgerExtrinsic.Sign("mint", Netuid, new { }, _miner, nonce + 2)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{\"call\":\"register\"}")]
    [InlineData("{\"call\":\"x\",\"netuid\":-1,\"args\":{},\"hotkey\":\"\",\"nonce\":1,\"signature\":\"\"}")]
    [InlineData("{\"call\":\"x\",\"netuid\":1,\"args\":[],\"hotkey\":\"\",\"nonce\":1,\"signature\":\"\"}")]
    public async Task What_can_not_be_read_is_a_bad_request(string body)
    {
        foreach (var route in new[] { "extrinsics", "register" })
        {
            using var response = await _ledger.Http.PostAsync(new Uri(route, UriKind.Relative), new StringContent(body), Ct);
            Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        }
    }

    [Fact]
    public async Task Registering_again_changes_stake_and_permit_and_keeps_the_uid()
    {
        await RegisterBothAsync();
        Assert.True((await _ledger.Client.RegisterAsync(Netuid, _miner, 7, true, Ct)).Success);
        var miner = (await _ledger.Client.GetMetagraphAsync(Netuid, Ct)).Neurons[1];
        Assert.Equal((1, 7.0, true), (miner.Uid, miner.Stake, miner.ValidatorPermit));
    }

    [Fact]
    public async Task An_unreachable_ledger_throws_on_reads_and_reports_on_writes()
    {
        await _ledger.DisposeAsync();
        using var http = new HttpClient { BaseAddress = new Uri("http://127.0.0.1:1/") };
        var client = new LedgerClient(http, _time);
        await Assert.ThrowsAsync<SubtensorException>(() => client.GetBlockAsync(Ct));
        Assert.False((await client.RegisterAsync(Netuid, _miner, 1, false, Ct)).Success);
        _ledger = await StartAsync();
        await Assert.ThrowsAsync<SubtensorException>(() => _ledger.Client.GetMetagraphAsync(7, Ct));
        Assert.Equal(1UL, (await _ledger.Client.GetHyperparametersAsync(Netuid, Ct)).CommitRevealPeriod);
    }

    [Fact]
    public async Task A_file_that_is_no_ledger_is_left_alone()
    {
        var path = Path.Combine(_folder.FullName, "other.json");
        await File.WriteAllTextAsync(path, "{\"mine\":1}", Ct);
        await Assert.ThrowsAsync<InvalidDataException>(() => LedgerState.OpenAsync(new LedgerOptions { Path = path }, _time, Ct));
        Assert.Equal("{\"mine\":1}", await File.ReadAllTextAsync(path, Ct));
    }

    private Task<LedgerHost> StartAsync() => LedgerHost.StartAsync(
        new LedgerOptions
        {
            Path = Path.Combine(_folder.FullName, "ledger.json"),
            BlockTime = TimeSpan.FromSeconds(1),
            Subnets = new Dictionary<ushort, SubnetHyperparameters>
            {
                [Netuid] = LedgerOptions.DefaultRules with { WeightsRateLimit = 10, WeightsVersionKey = 5 },
            },
        },
        _time);

    private async Task RegisterBothAsync()
    {
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.True((await _ledger.Client.RegisterAsync(Netuid, _validator, 1000.5, true, Ct)).Success);
        Assert.True((await _ledger.Client.RegisterAsync(Netuid, _miner, 0, false, Ct)).Success);
    }

    private async Task<ExtrinsicResult> SetAsync(ushort[] uids, ushort[] values, Keypair? hotkey = null, ulong version = 5) =>
        (await _ledger.Client.SetWeightsAsync(Netuid, uids, values, version, hotkey ?? _validator, Ct)).Extrinsic;

    private async Task<string?> ErrorAsync(LedgerExtrinsic extrinsic)
    {
        using var response = await _ledger.Http.PostAsJsonAsync("extrinsics", extrinsic, SynapseJson.Options, Ct);
        return (await response.Content.ReadFromJsonAsync<ExtrinsicResult>(SynapseJson.Options, Ct))!.Error;
    }
}
