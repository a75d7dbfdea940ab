using Niche.Bittensor.Chain;
using Niche.Bittensor.Chain.Extrinsics;
using Niche.Bittensor.Chain.Submission;
using Niche.Bittensor.Chain.Subtensor;
using Niche.Bittensor.Keys;
using Niche.Bittensor.Tests.Chain.Rpc;

namespace Niche.Bittensor.Tests.Chain.Subtensor;

/// <summary>Calls on their way into a block of a chain that checks signatures, eras and nonces.</summary>
public sealed class SubtensorSubmitTests : IDisposable
{
    private readonly Keypair _alice = Keypair.FromUri("//Alice");
    private readonly CallDraft _remark = CallDraft.Of("System", "remark", ("remark", new byte[] { 1, 2, 3 }));

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => _alice.Dispose();

    [Theory]
    [InlineData("http")]
    [InlineData("ws")]
    public async Task A_call_is_signed_taken_and_found_in_its_block(string scheme)
    {
        await using var network = await StubNetwork.StartAsync(new StubChain { BlockOnSubmit = true }, [scheme]);
        network.Chain.Produce(5);
        var result = await network.Client.SubmitAsync(SubtensorCalls.SetWeights(1, [0, 1], [65535, 1], 7), _alice, Ct);
        Assert.Equal((true, 6UL, null, ExtrinsicOutcome.Done), (result.Success, result.Block, result.Error, result.Outcome));
        var taken = Assert.Single(network.Chain.Taken);
        Assert.Equal(("SubtensorModule", "set_weights"), (taken.Call.Pallet, taken.Call.Name));
        Assert.Equal(new Era(128, 3), taken.Era); // From block 3, the newest final one.
        Assert.Equal(result.Hash, "0x" + Convert.ToHexStringLower(Niche.Bittensor.Chain.Storage.Blake2b.Hash256(network.Chain.Best.Extrinsics[1])));
    }

    [Fact]
    public async Task Newer_runtimes_get_the_newer_call()
    {
        await using var network = await StubNetwork.StartAsync(new StubChain("finney_spec393_metadata_v16.scale", 393) { BlockOnSubmit = true }, ["http"]);
        Assert.True((await network.Client.SubmitAsync(SubtensorCalls.SetWeights(1, [0], [1], 0), _alice, Ct)).Success);
        Assert.Equal("set_mechanism_weights", network.Chain.Taken.Single().Call.Name);
    }

    [Fact]
    public async Task A_failure_in_the_block_is_told_by_its_name()
    {
        await using var network = await StubNetwork.StartAsync(new StubChain { BlockOnSubmit = true, Fail = _ => ("SubtensorModule", "NeuronNoValidatorPermit") }, ["http"]);
        var result = await network.Client.SubmitAsync(SubtensorCalls.SetWeights(1, [0], [1], 0), _alice, Ct);
        Assert.Equal((false, 1UL, "NeuronNoValidatorPermit", ExtrinsicOutcome.Failed), (result.Success, result.Block, result.Error, result.Outcome));
        Assert.NotNull(result.Hash);
        Assert.NotEmpty(result.Detail!);
        Assert.Contains(await network.Client.GetEventsAsync(1, Ct), happened => happened is { Extrinsic: 1, Name: "ExtrinsicFailed" });
    }

    [Theory]
    [InlineData(1010, "Invalid Transaction", "Custom error: 12", "ServingRateLimitExceeded")]
    [InlineData(1010, "Invalid Transaction", "Custom error: 250", "Custom250")]
    [InlineData(1010, "1010: {\"invalid\":{\"custom\":6}}", null, "RateLimitExceeded")]
    [InlineData(1010, "1010: {\"invalid\":{\"payment\":null}}", null, "Payment")]
    [InlineData(1010, "Invalid Transaction", "Inability to pay some fees (e.g. account balance too low)", "Payment")]
    [InlineData(1010, "Invalid Transaction", "Transaction has a bad signature", "BadProof")]
    [InlineData(1010, "Invalid Transaction", "Transaction has an ancient birth block", "AncientBirthBlock")]
    [InlineData(1010, "Invalid Transaction", "Transaction would exhaust the block limits", "ExhaustsResources")]
    [InlineData(1012, "Transaction is temporarily banned", null, "Refused1012")]
    public async Task A_refusal_is_told_by_its_name_and_nothing_is_repeated(int code, string message, string? data, string name)
    {
        await using var network = await StubNetwork.StartAsync(new StubChain { Refuse = _ => (code, message, data) }, ["http", "ws"]);
        var result = await network.Client.SubmitAsync(_remark, _alice, Ct);
        Assert.Equal((false, null, name, ExtrinsicOutcome.Refused), (result.Success, result.Hash, result.Error, result.Outcome));
        Assert.Equal(1, network.Servers.Sum(server => server.Methods.Count(method => method == "author_submitExtrinsic")));
    }

    [Theory]
    [InlineData("http")]
    [InlineData("ws")]
    public async Task Parallel_senders_of_one_key_get_nonces_of_their_own(string scheme)
    {
        await using var network = await StubNetwork.StartAsync(new StubChain(), [scheme]);
        var sent = Enumerable.Range(0, 20).Select(_ => network.Client.SubmitAsync(_remark, _alice, Ct)).ToArray();
        await UntilAsync(() => network.Chain.Taken.Count == 20);
        network.Chain.Produce();
        var results = await Task.WhenAll(sent);
        Assert.All(results, result => Assert.Equal((true, 1UL), (result.Success, result.Block)));
        Assert.Equal(Enumerable.Range(0, 20), network.Chain.Taken.Select(taken => (int)taken.Nonce));
        Assert.Equal(20, results.Select(result => result.Hash).Distinct().Count());
    }

    [Fact]
    public async Task A_node_that_has_not_heard_of_our_last_extrinsic_does_not_make_us_use_its_nonce_again()
    {
        await using var network = await StubNetwork.StartAsync(new StubChain(), ["http"]);
        network.Nodes[0].StepIn = call => AnswerAsync(call, "system_accountNextIndex", 0);
        for (var i = 0; i < 3; i++) await network.Client.SubmitAsync(_remark, _alice, new SubmitOptions { WaitFor = SubmitWait.None }, Ct);
        Assert.Equal([0U, 1U, 2U], network.Chain.Taken.Select(taken => taken.Nonce));
    }

    [Fact]
    public async Task A_nonce_that_others_used_is_left_for_the_next_and_a_refused_one_is_used_again()
    {
        var chain = new StubChain { BlockOnSubmit = true };
        await using var others = await StubNetwork.StartAsync(chain, ["http"]);
        await others.Client.SubmitAsync(_remark, _alice, Ct);
        await using var network = await StubNetwork.StartAsync(chain, ["http"]);
        network.Nodes[0].StepIn = call => AnswerAsync(call, "system_accountNextIndex", 0);
        Assert.True((await network.Client.SubmitAsync(_remark, _alice, Ct)).Success);
        Assert.Equal([0U, 1U], chain.Taken.Select(taken => taken.Nonce));

        chain.Refuse = _ => (1010, "Invalid Transaction", "Custom error: 1");
        Assert.Equal("StakeTooLow", (await network.Client.SubmitAsync(_remark, _alice, Ct)).Error);
        chain.Refuse = _ => null;
        Assert.True((await network.Client.SubmitAsync(_remark, _alice, Ct)).Success);
        Assert.Equal(2U, chain.Taken[^1].Nonce);
    }

    [Fact]
    public async Task A_nonce_that_is_always_too_old_ends_in_a_refusal()
    {
        await using var network = await StubNetwork.StartAsync(new StubChain { Refuse = _ => (1010, "Invalid Transaction", "Transaction is outdated") }, ["http"]);
        var result = await network.Client.SubmitAsync(_remark, _alice, Ct);
        Assert.Equal((ExtrinsicOutcome.Refused, "Stale"), (result.Outcome, result.Error));
    }

    [Theory]
    [InlineData("http", true)]
    [InlineData("ws", true)]
    [InlineData("http", false)]
    public async Task A_node_that_dies_with_the_extrinsic_in_hand_does_not_make_us_send_it_twice(string scheme, bool inBlock)
    {
        var chain = new StubChain { BlockOnSubmit = inBlock };
        await using var network = await StubNetwork.StartAsync(chain, [scheme, "http"]);
        network.Nodes[0].StepIn = call =>
        {
            if (call.Method != "author_submitExtrinsic") return Task.FromResult(false);
            chain.Submit(Convert.FromHexString(call.Parameters[0].GetString().AsSpan(2)));
            call.Abort();
            return Task.FromResult(true);
        };
        var sent = network.Client.SubmitAsync(_remark, _alice, Ct);
        await UntilAsync(() => chain.Taken.Count == 1);
        if (!inBlock) chain.Produce();
        var result = await sent;
        Assert.Equal((true, 1UL), (result.Success, result.Block));
        Assert.Single(chain.Taken);
    }

    [Fact]
    public async Task An_upgrade_between_signing_and_sending_means_signing_again()
    {
        var chain = new StubChain { BlockOnSubmit = true };
        await using var network = await StubNetwork.StartAsync(chain, ["http"]);
        network.Nodes[0].StepIn = call =>
        {
            if (call.Method == "author_submitExtrinsic" && chain.Spec == 293) chain.Upgrade(294);
            return Task.FromResult(false);
        };
        var result = await network.Client.SubmitAsync(_remark, _alice, Ct);
        Assert.Equal((true, 2UL), (result.Success, result.Block));
    }

    [Theory]
    [InlineData("http")]
    [InlineData("ws")]
    public async Task An_upgrade_while_the_extrinsic_waits_means_signing_again_and_only_then(string scheme)
    {
        var chain = new StubChain();
        await using var network = await StubNetwork.StartAsync(chain, [scheme]);
        var sent = network.Client.SubmitAsync(_remark, _alice, Ct);
        await UntilAsync(() => chain.Taken.Count == 1);
        chain.Upgrade(294);
        await LooksAsync(network, 2);
        Assert.Single(chain.Taken); // Not final yet: a fork without the upgrade could still hold it.
        chain.Produce(3);
        await UntilAsync(() => chain.Taken.Count == 2);
        chain.Produce();
        var result = await sent;
        Assert.Equal((true, 5UL), (result.Success, result.Block));
        Assert.Equal([0U, 0U], chain.Taken.Select(taken => taken.Nonce));
    }

    [Fact]
    public async Task An_extrinsic_that_no_block_holds_expires_with_its_era()
    {
        var chain = new StubChain();
        await using var network = await StubNetwork.StartAsync(chain, ["http"]);
        var sent = network.Client.SubmitAsync(_remark, _alice, Ct);
        await UntilAsync(() => chain.Taken.Count == 1);
        chain.DropPool();
        chain.Produce(128);
        await LooksAsync(network, 2);
        Assert.False(sent.IsCompleted); // Block 127 is the last that could hold it, and is not final yet.
        chain.Produce();
        var result = await sent;
        Assert.Equal((false, ExtrinsicOutcome.Expired), (result.Success, result.Outcome));
        Assert.Contains("block 128", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_extrinsic_whose_nonce_another_used_is_replaced()
    {
        var chain = new StubChain();
        await using var network = await StubNetwork.StartAsync(chain, ["http"]);
        var sent = network.Client.SubmitAsync(_remark, _alice, Ct);
        await UntilAsync(() => chain.Taken.Count == 1);
        chain.DropPool();
        await using var others = await StubNetwork.StartAsync(chain, ["http"]);
        var other = others.Client.SubmitAsync(CallDraft.Of("System", "remark", ("remark", new byte[] { 9 })), _alice, Ct);
        await UntilAsync(() => chain.Taken.Count == 2);
        chain.Produce(4);
        Assert.True((await other).Success);
        Assert.Equal(ExtrinsicOutcome.Replaced, (await sent).Outcome);
    }

    [Fact]
    public async Task A_block_that_a_fork_undoes_is_not_final()
    {
        var chain = new StubChain { BlockOnSubmit = true };
        await using var network = await StubNetwork.StartAsync(chain, ["ws"]);
        var sent = network.Client.SubmitAsync(_remark, _alice, new SubmitOptions { WaitFor = SubmitWait.Finalization }, Ct);
        await UntilAsync(() => chain.Taken.Count == 1);
        await LooksAsync(network, 2);
        chain.Fork(1);
        await LooksAsync(network, 2);
        Assert.False(sent.IsCompleted);
        chain.Produce(3);
        var result = await sent;
        Assert.Equal((true, 2UL), (result.Success, result.Block));
    }

    [Fact]
    public async Task What_is_not_seen_in_time_may_still_come()
    {
        await using var network = await StubNetwork.StartAsync(new StubChain(), ["http"], configure: options => options.InclusionTimeout = TimeSpan.FromMilliseconds(100));
        var result = await network.Client.SubmitAsync(_remark, _alice, Ct);
        Assert.Equal((false, ExtrinsicOutcome.Unknown), (result.Success, result.Outcome));
        Assert.NotNull(result.Hash);
    }

    [Fact]
    public async Task Without_a_node_nothing_is_sent_and_nothing_thrown()
    {
        var network = await StubNetwork.StartAsync(new StubChain(), ["http", "ws"], configure: options => options.Rpc.FirstRest = TimeSpan.FromMilliseconds(5));
        foreach (var server in network.Servers) await server.DisposeAsync();
        Assert.Equal(ExtrinsicOutcome.NotSent, (await network.Client.SubmitAsync(_remark, _alice, Ct)).Outcome);
        Assert.Equal(ExtrinsicOutcome.NotSent, (await network.Client.ServeAxonAsync(1, new AxonEndpoint("203.0.113.5", 8091, _alice.Address), _alice, Ct)).Outcome);
        Assert.Equal(ExtrinsicOutcome.NotSent, (await network.Client.RegisterAsync(1, _alice.Address, _alice, 1, Ct)).Outcome);
        await network.Client.DisposeAsync();
    }

    private static async Task UntilAsync(Func<bool> condition)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        deadline.CancelAfter(TimeSpan.FromSeconds(60));
        while (!condition()) await Task.Delay(2, deadline.Token);
    }

    /// <summary>The client has looked for blocks so many times more.</summary>
    private static Task LooksAsync(StubNetwork network, int times)
    {
        int Looks() => network.Servers.Sum(server => server.Methods.Count(method => method == "chain_getFinalizedHead"));
        var before = Looks();
        return UntilAsync(() => Looks() > before + times);
    }

    private static async Task<bool> AnswerAsync(RpcServerCall call, string method, int answer)
    {
        if (call.Method != method) return false;
        await call.AnswerAsync(answer);
        return true;
    }
}
