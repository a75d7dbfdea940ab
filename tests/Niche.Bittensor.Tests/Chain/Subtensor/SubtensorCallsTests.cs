using Niche.Bittensor.Chain;
using Niche.Bittensor.Chain.Extrinsics;
using Niche.Bittensor.Chain.Submission;
using Niche.Bittensor.Chain.Subtensor;
using Niche.Bittensor.Keys;

namespace Niche.Bittensor.Tests.Chain.Subtensor;

/// <summary>What each call says, when it is not needed, and what is refused before it is sent.</summary>
public sealed class SubtensorCallsTests : IDisposable
{
    private readonly Keypair _alice = Keypair.FromUri("//Alice");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => _alice.Dispose();

    [Fact]
    public async Task Calls_and_arguments_that_the_runtime_does_not_know_are_not_sent()
    {
        await using var network = await StubNetwork.StartAsync(new StubChain(), ["http"]);
        var unknown = await network.Client.SubmitAsync(CallDraft.Of("SubtensorModule", "set_weight"), _alice, Ct);
        Assert.Equal(ExtrinsicOutcome.NotSent, unknown.Outcome);
        Assert.Contains("set_weights", unknown.Error, StringComparison.Ordinal);
        Assert.Equal(ExtrinsicOutcome.NotSent, (await network.Client.SubmitAsync(CallDraft.Of("System", "remark", ("remark", 7)), _alice, Ct)).Outcome);
        Assert.Empty(network.Chain.Taken);
    }

    [Fact]
    public async Task A_dry_run_shows_every_byte_and_sends_none()
    {
        await using var network = await StubNetwork.StartAsync(new StubChain(), ["http"]);
        var call = SubtensorCalls.TransferKeepAlive("5FHneW46xGXgs5mUiveU4sbTyGBzmstUspZC92UhjJM694ty", 1_000_000_000);
        var prepared = await network.Client.PrepareAsync(call, _alice, Ct);
        Assert.Equal(137047UL, await network.Client.GetFeeAsync(prepared, Ct));
        Assert.Empty(network.Chain.Taken);
        Assert.Equal((0UL, 128UL, 0U), (prepared.Birth, prepared.Death, prepared.Terms.Nonce));
        var read = ExtrinsicReader.Read(network.Chain.Metadata, prepared.Extrinsic.Bytes);
        Assert.Equal(prepared.Call.Data, read.Call.Data, (one, other) => one.Span.SequenceEqual(other.Span));
        Assert.True(Keypair.Verify(_alice.PublicKey, prepared.Payload.SignedBytes, prepared.Extrinsic.Bytes.Span.Slice(37, 64)));
        Assert.Null(network.Chain.Submit(prepared.Extrinsic.Bytes.ToArray()));
        Assert.Equal(SubtensorError.Unsupported, (await Assert.ThrowsAsync<SubtensorException>(() => network.Client.PrepareAsync(CallDraft.Of("No", "no"), _alice, Ct))).Error);
    }

    [Fact]
    public async Task An_axon_is_served_once_and_the_same_again_needs_no_call()
    {
        await using var network = await StubNetwork.StartAsync(SubtensorReadTests.Populated(), ["http"]);
        network.Chain.BlockOnSubmit = true;
        var axon = new AxonEndpoint("203.0.113.5", 8091, _alice.Address);
        Assert.True((await network.Client.ServeAxonAsync(1, axon, _alice, Ct)).Success);
        var served = network.Chain.Taken.Single().Call;
        var stored = served.Arguments.Where(argument => argument.Key != "netuid").ToDictionary(argument => argument.Key, argument => (object?)argument.Value);
        Assert.Equal((3405803781, 8091, 4, 10_002_000), ((long)served["ip"].AsInteger(), (int)served["port"].AsInteger(), (int)served["ip_type"].AsInteger(), (int)served["version"].AsInteger()));

        stored["block"] = 1;
        network.Chain.Put("SubtensorModule", "Axons", [1, _alice.Address], stored);
        var again = await network.Client.ServeAxonAsync(1, axon, _alice, Ct);
        Assert.Equal((true, null, 1UL, ExtrinsicOutcome.Done), (again.Success, again.Hash, again.Block, again.Outcome));
        Assert.Single(network.Chain.Taken);
        Assert.True((await network.Client.ServeAxonAsync(1, axon with { Ip = "2001:db8::1" }, _alice, Ct)).Success);
        Assert.Equal("42540766411282592856903984951653826561", network.Chain.Taken[^1].Call["ip"].AsInteger().ToString(System.Globalization.CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("127.0.0.1", 8091, "InvalidIpAddress")]
    [InlineData("::1", 8091, "InvalidIpAddress")]
    [InlineData("255.255.255.255", 8091, "InvalidIpAddress")]
    [InlineData("ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", 8091, "InvalidIpAddress")]
    [InlineData("miner.example", 8091, "InvalidIpAddress")]
    [InlineData("203.0.113.5", 0, "InvalidPort")]
    [InlineData("203.0.113.5", 65536, "InvalidPort")]
    public async Task An_axon_that_the_chain_would_refuse_is_not_sent(string ip, int port, string error)
    {
        await using var network = await StubNetwork.StartAsync(new StubChain(), ["http"]);
        var result = await network.Client.ServeAxonAsync(1, new AxonEndpoint(ip, port, _alice.Address), _alice, Ct);
        Assert.Equal((error, ExtrinsicOutcome.Refused), (result.Error, result.Outcome));
        Assert.Empty(network.Servers[0].Methods);
    }

    [Fact]
    public async Task A_registration_that_became_too_dear_is_not_sent()
    {
        await using var network = await StubNetwork.StartAsync(SubtensorReadTests.Populated(), ["http"]);
        network.Chain.BlockOnSubmit = true;
        Assert.Equal("CostTooHigh", (await network.Client.RegisterAsync(1, _alice.Address, _alice, 99_999_999, Ct)).Error);
        Assert.Empty(network.Chain.Taken);
        Assert.True((await network.Client.RegisterAsync(1, _alice.Address, _alice, 100_000_000, Ct)).Success);
        Assert.True((await network.Client.AddStakeAsync(_alice.Address, 1, 5, _alice, Ct)).Success);
        Assert.Equal(["burned_register", "add_stake"], network.Chain.Taken.Select(taken => taken.Call.Name));
    }
}
