using System.Diagnostics;
using Niche.Bittensor.Chain;
using Niche.Bittensor.Chain.Rpc;
using Niche.Bittensor.Keys;

namespace Niche.Bittensor.Tests.RecordedChain;

/// <summary>The real client over nodes that lie, stall, break off or answer garbage.</summary>
public sealed class ClientMischiefTests : IDisposable
{
    private const ulong Tao = 1_000_000_000;

    private readonly Keypair _cold = Keypair.FromUri("//Alice");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => _cold.Dispose();

    public static readonly TheoryData<NodeMischief.Kind, bool> Kinds = new(
        from kind in new[]
        {
            NodeMischief.Kind.Disconnect, NodeMischief.Kind.Garbage, NodeMischief.Kind.WrongId, NodeMischief.Kind.TwoAnswers, NodeMischief.Kind.ServerError,
            NodeMischief.Kind.TooMany, NodeMischief.Kind.Lie,
        }
        from overWebSocket in new[] { false, true }
        select (kind, overWebSocket));

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Another_node_answers_when_the_first_does_not(NodeMischief.Kind kind, bool overWebSocket)
    {
        await using var host = await ClientHost.StartAsync(NodeOptions.Dev293, overWebSocket, nodes: 2);
        host.Chain.Fund(_cold.Address, 5 * Tao);
        host.Node.Mischief.Plot(kind, lie: "nonsense");
        Assert.Equal(5 * Tao, (await host.Client.GetBalanceAsync(_cold.Address, Ct)).FreeRao);
        Assert.True((await host.Client.TransferAsync(Keypair.FromUri("//Bob").Address, Tao, _cold, Ct)).Success);
        Assert.Equal(1U, host.Chain.NextNonce(_cold.PublicKey.ToArray()));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_transfer_whose_answer_was_lost_is_found_and_not_made_twice(bool overWebSocket)
    {
        await using var host = await ClientHost.StartAsync(NodeOptions.Dev293, overWebSocket, nodes: 2);
        host.Chain.Fund(_cold.Address, 50 * Tao);
        host.Node.Mischief.Plot(NodeMischief.Kind.LoseAnswer, "author_submitExtrinsic");
        host.Second.Mischief.Plot(NodeMischief.Kind.LoseAnswer, "author_submitExtrinsic");
        var result = await host.Client.TransferAsync(Keypair.FromUri("//Bob").Address, Tao, _cold, Ct);
        Assert.True(result.Success, $"{result.Outcome} {result.Error} {result.Detail}");
        Assert.Equal((1U, Tao), (host.Chain.NextNonce(_cold.PublicKey.ToArray()), host.Chain.Best.State.Free(Keypair.FromUri("//Bob").PublicKey.ToArray())));
    }

    [Fact]
    public async Task A_node_that_never_answers_is_left_at_its_deadline()
    {
        await using var server = await NodeServer.StartAsync(NodeOptions.Dev293);
        using var http = new HttpClient(HttpRpcConnection.CreateHandler()) { Timeout = Timeout.InfiniteTimeSpan };
        var options = new RpcOptions { CallTimeout = TimeSpan.FromMilliseconds(200), TotalTimeout = TimeSpan.FromMilliseconds(500) };
        await using var rpc = RpcClient.Connect([RpcEndpoint.Parse(server.Http.ToString())], http, options, TimeProvider.System, new Random(1));
        server.Mischief.Plot(NodeMischief.Kind.Stall);
        var started = Stopwatch.GetTimestamp();
        await Assert.ThrowsAsync<SubtensorException>(() => rpc.CallAsync("system_chain", [], answer => answer.GetString(), Ct));
        Assert.True(Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(20));
    }

    [Theory]
    [InlineData("state_getRuntimeVersion")]
    [InlineData("chain_getHeader")]
    [InlineData("chain_getBlockHash")]
    [InlineData("state_call")]
    [InlineData("state_queryStorageAt")]
    public async Task A_lie_in_the_wrong_form_is_a_typed_error_whatever_it_is_about(string method)
    {
        await using var host = await ClientHost.StartAsync(NodeOptions.Dev293);
        host.Node.Mischief.Plot(NodeMischief.Kind.Lie, method, lie: "0xffff");
        await Assert.ThrowsAsync<SubtensorException>(() => host.Client.GetBalanceAsync(_cold.Address, Ct));
        host.Node.Mischief.Repent();
    }

    [Fact]
    public async Task A_flood_is_cut_off()
    {
        await using var host = await ClientHost.StartAsync(NodeOptions.Dev293);
        host.Node.Mischief.Plot(NodeMischief.Kind.Flood, "chain_getHeader");
        Assert.Equal(SubtensorError.TooLarge, (await Assert.ThrowsAsync<SubtensorException>(() => host.Client.GetBlockAsync(Ct))).Error);
    }
}
