using Niche.Bittensor.Chain;
using Niche.Bittensor.Chain.Submission;
using Niche.Bittensor.Chain.Subtensor;
using Niche.Bittensor.Keys;
using Niche.Bittensor.Tests.Chain.Rpc;

namespace Niche.Bittensor.Tests.Chain.Subtensor;

/// <summary>Nodes that break off or answer untruly in the middle of something: another node takes over, or the error says what was wrong.</summary>
public sealed class LyingChainTests : IDisposable
{
    private readonly Keypair _alice = Keypair.FromUri("//Alice");
    private readonly CallDraft _remark = CallDraft.Of("System", "remark", ("remark", new byte[] { 1 }));

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => _alice.Dispose();

    [Theory]
    [InlineData("http", "ws")]
    [InlineData("ws", "http")]
    public async Task A_node_that_dies_in_the_middle_of_a_metagraph_is_replaced_at_the_same_block(string first, string second)
    {
        var chain = SubtensorReadTests.Populated();
        await using var network = await StubNetwork.StartAsync(chain, [first, second]);
        foreach (var node in network.Nodes) node.Apis.Clear(); // Read item by item.
        var expected = await network.Client.GetMetagraphAsync(1, Ct);
        var left = 3;
        network.Nodes[0].StepIn = call =>
        {
            if (call.Method != "state_queryStorageAt" || --left > 0) return Task.FromResult(false);
            chain.Produce(); // A reader that asked for the newest block would now mix two of them.
            call.Abort();
            return Task.FromResult(true);
        };
        var metagraph = await network.Client.GetMetagraphAsync(1, Ct);
        Assert.Equal(expected.Neurons, metagraph.Neurons);
        Assert.Equal(0UL, metagraph.Block);
        Assert.Contains("state_queryStorageAt", network.Servers[1].Methods);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("""[{"changes":[]}]""")]
    [InlineData("""[{"block":"0x0000000000000000000000000000000000000000000000000000000000000000","changes":[["KEY","0x00"]]}]""")]
    [InlineData("""[{"changes":[["KEY","0x00"],["KEY","0x01"]]}]""")]
    [InlineData("""[{"changes":[["KEY"]]}]""")]
    [InlineData("""[{"changes":[["KEY","0x0"]]}]""")]
    [InlineData("""[{"changes":[["KEY","0x00zz"]]}]""")]
    [InlineData("""[{"changes":[["KEY",7]]}]""")]
    [InlineData("""[{"changes":[["KEY","0x00"]]}]""")]
    [InlineData("""[{"changes":[["KEY","0x0000000000000000ff"]]}]""")]
    [InlineData("""[{"changes":[["0x1234","0x0000000000000000"]]}]""")]
    public async Task Storage_that_was_not_asked_for_or_is_no_value_is_refused(string lie)
    {
        await using var network = await StubNetwork.StartAsync(SubtensorReadTests.Populated(), ["http", "http"]);
        network.Nodes[0].StepIn = call => LieAsync(call, "state_queryStorageAt", () => lie.Replace("KEY", call.Parameters[0][0].GetString(), StringComparison.Ordinal));
        Assert.Equal(100_000_000UL, await network.Client.GetBurnAsync(1, Ct)); // The second node knows.
        Assert.Equal(SubtensorError.Malformed, network.Client.Nodes[0].LastFault);
    }

    [Theory]
    [InlineData("\"0x1\"")]
    [InlineData("""["0x1234"]""")]
    [InlineData("""["PREFIX02","PREFIX01"]""")]
    [InlineData("""["PREFIX01","PREFIX01"]""")]
    [InlineData("""["PREFIXzz"]""")]
    [InlineData("""[null]""")]
    public async Task Keys_out_of_place_are_refused(string lie)
    {
        await using var network = await StubNetwork.StartAsync(new StubChain(), ["http"], configure: Quick);
        network.Nodes[0].StepIn = call => LieAsync(call, "state_getKeysPaged", () => lie.Replace("PREFIX", call.Parameters[0].GetString(), StringComparison.Ordinal));
        var state = await network.Client.GetStateAsync(Ct);
        Assert.Equal(SubtensorError.Malformed, (await Assert.ThrowsAsync<SubtensorException>(() => state.GetMapAsync("SubtensorModule", "Tempo", [], 10, Ct))).Error);
    }

    [Theory]
    [InlineData("""{"number":"0x"}""")]
    [InlineData("""{"number":"0x1ffffffff"}""")]
    [InlineData("""{"number":"17"}""")]
    [InlineData("""{"number":17}""")]
    [InlineData("""{"number":"-0x1"}""")]
    [InlineData("""{"number":"0xg1"}""")]
    [InlineData("""{"number":"\ud800"}""")]
    [InlineData("""{}""")]
    [InlineData("null")]
    public async Task Impossible_block_numbers_are_refused(string lie)
    {
        await using var network = await StubNetwork.StartAsync(new StubChain(), ["http"], configure: Quick);
        network.Nodes[0].StepIn = call => LieAsync(call, "chain_getHeader", () => lie);
        Assert.Equal(SubtensorError.Malformed, (await Assert.ThrowsAsync<SubtensorException>(() => network.Client.GetBlockAsync(Ct))).Error);
    }

    [Fact]
    public async Task A_node_whose_chain_goes_backwards_is_left_and_alone_it_is_believed_at_the_second_time()
    {
        var chain = new StubChain();
        chain.Produce(100);
        await using var two = await StubNetwork.StartAsync(chain, ["http", "http"]);
        await using var one = await StubNetwork.StartAsync(chain, ["http"], configure: Quick);
        Assert.Equal(100UL, await two.Client.GetBlockAsync(Ct));
        Assert.Equal(100UL, await one.Client.GetBlockAsync(Ct));
        foreach (var node in (StubNode[])[two.Nodes[0], one.Nodes[0]]) node.StepIn = call => LieAsync(call, "chain_getHeader", () => """{"number":"0x50"}""");
        Assert.Equal(100UL, await two.Client.GetBlockAsync(Ct));
        Assert.Equal(SubtensorError.Behind, two.Client.Nodes[0].LastFault);
        Assert.Equal(SubtensorError.Behind, (await Assert.ThrowsAsync<SubtensorException>(() => one.Client.GetBlockAsync(Ct))).Error);
        Assert.Equal(80UL, await one.Client.GetBlockAsync(Ct));
    }

    [Theory]
    [InlineData("\"0x00\"")]
    [InlineData("\"0x0104\"")]
    [InlineData("\"0x01106d657461\"")]
    [InlineData("\"0x01186d6574610fff\"")]
    public async Task Metadata_that_does_not_read_is_a_fault_of_the_node(string lie)
    {
        await using var network = await StubNetwork.StartAsync(SubtensorReadTests.Populated(), ["http", "http"]);
        network.Nodes[0].StepIn = call => LieAsync(call, "state_call", () => lie);
        network.Nodes[0].OldMetadata = [1, 2, 3];
        Assert.Equal(100_000_000UL, await network.Client.GetBurnAsync(1, Ct));
    }

    [Fact]
    public async Task A_node_that_says_another_hash_than_that_of_the_extrinsic_is_not_believed()
    {
        var chain = new StubChain { BlockOnSubmit = true };
        await using var network = await StubNetwork.StartAsync(chain, ["http", "ws"]);
        network.Nodes[0].StepIn = call => LieAsync(call, "author_submitExtrinsic", () => $"\"0x{new string('1', 64)}\"");
        Assert.True((await network.Client.SubmitAsync(_remark, _alice, Ct)).Success);
        Assert.Single(chain.Taken);
    }

    [Fact]
    public async Task Events_that_do_not_tell_the_extrinsics_end_are_asked_for_elsewhere()
    {
        var chain = new StubChain { BlockOnSubmit = true, Fail = _ => ("SubtensorModule", "SettingWeightsTooFast") };
        await using var network = await StubNetwork.StartAsync(chain, ["http", "http"]);
        network.Nodes[0].StepIn = call => LieAsync(call, "state_getStorage", () => "\"0x00\"");
        Assert.Equal("SettingWeightsTooFast", (await network.Client.SubmitAsync(_remark, _alice, Ct)).Error);
    }

    [Theory]
    [InlineData("chain_getHeader", """{"number":"0xffffffff"}""")]
    [InlineData("chain_getBlock", """{"block":{"header":{"number":"0x9","parentHash":"0x1111111111111111111111111111111111111111111111111111111111111111"},"extrinsics":[]}}""")]
    [InlineData("chain_getFinalizedHead", "\"0x1111111111111111111111111111111111111111111111111111111111111111\"")]
    public async Task Blocks_that_a_node_makes_up_do_not_keep_us_longer_than_we_want_to_wait(string method, string lie)
    {
        var chain = new StubChain();
        await using var network = await StubNetwork.StartAsync(chain, ["http"], configure: options =>
        {
            Quick(options);
            options.InclusionTimeout = TimeSpan.FromMilliseconds(200);
        });
        var sent = network.Client.SubmitAsync(_remark, _alice, Ct);
        while (chain.Taken.Count == 0) await Task.Delay(2, Ct);
        network.Nodes[0].StepIn = call => LieAsync(call, method, () => lie);

        // A look that began before the lies may still end in truth: the block comes when it is over.
        int Looks() => network.Servers[0].Methods.Count(asked => asked == "chain_getFinalizedHead");
        var before = Looks();
        while (!sent.IsCompleted && Looks() < before + 2) await Task.Delay(2, Ct);
        chain.Produce();
        Assert.False((await sent.WaitAsync(TimeSpan.FromSeconds(60), Ct)).Success);
    }

    internal static void Quick(SubtensorOptions options)
    {
        options.Rpc.FirstRest = TimeSpan.FromMilliseconds(1);
        options.Rpc.LongestRest = TimeSpan.FromMilliseconds(2);
        options.Rpc.AttemptsPerNode = 1;
    }

    private static async Task<bool> LieAsync(RpcServerCall call, string method, Func<string> lie)
    {
        if (call.Method != method) return false;
        await call.RawAsync($$"""{"jsonrpc":"2.0","id":{{call.Id}},"result":{{lie()}}}""");
        return true;
    }
}
