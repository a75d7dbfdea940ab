using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using Niche.Bittensor.Chain;
using Niche.Bittensor.Chain.Rpc;

namespace Niche.Bittensor.Tests.Chain.Rpc;

/// <summary>Fail-over between real nodes, http and ws mixed.</summary>
public sealed class RpcClientTests : IAsyncDisposable
{
    private const string Genesis = "0x2f0555cc76fc2840a25a6ea3b9637146806f1f44b090c175ffde2a7e5ab36c03";
    private readonly HttpClient _http = new(HttpRpcConnection.CreateHandler());
    private readonly FakeTimeProvider _time = new();
    private readonly RpcOptions _options = new() { MaxResponseBytes = 64 * 1024 };
    private readonly List<IAsyncDisposable> _open = [];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        foreach (var open in Enumerable.Reverse(_open)) await open.DisposeAsync();
        _http.Dispose();
    }

    [Fact]
    public async Task The_first_node_is_asked_as_long_as_it_is_well()
    {
        var (first, second) = (await ServeAsync(call => call.AnswerAsync("first")), await ServeAsync(call => call.AnswerAsync("second")));
        var client = Connect(first.Endpoint("ws"), second.Endpoint("http"));
        for (var i = 0; i < 3; i++) Assert.Equal("first", await AskAsync(client));
        Assert.Equal(["chain_getBlockHash", "ask", "ask", "ask"], first.Methods);
        Assert.Empty(second.Methods);
    }

    [Theory]
    [InlineData("http", "ws")]
    [InlineData("ws", "http")]
    public async Task A_node_that_breaks_is_left_for_the_next_and_tried_again_after_its_rest(string one, string other)
    {
        var breaks = true;
        var first = await ServeAsync(call =>
        {
            if (!breaks) return call.AnswerAsync("first");
            call.Abort();
            return Task.CompletedTask;
        });
        var second = await ServeAsync(call => call.AnswerAsync("second"));
        var client = Connect(first.Endpoint(one), second.Endpoint(other));

        Assert.Equal("second", await AskAsync(client));
        Assert.Equal((1, SubtensorError.Disconnected), (client.Nodes[0].Failures, client.Nodes[0].LastFault));
        breaks = false;
        Assert.Equal("second", await AskAsync(client)); // Still resting.
        _time.Advance(_options.FirstRest);
        Assert.Equal("first", await AskAsync(client));
        Assert.Equal(0, client.Nodes[0].Failures);
    }

    [Fact]
    public async Task A_node_that_stalls_is_left_after_one_deadline()
    {
        var arrived = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var first = await ServeAsync(call =>
        {
            arrived.TrySetResult();
            return call.StallAsync();
        });
        var second = await ServeAsync(call => call.AnswerAsync("second"));
        var client = Connect(first.Endpoint("ws"), second.Endpoint("ws"));
        var asked = AskAsync(client);
        await arrived.Task.WaitAsync(Ct);
        _time.Advance(_options.CallTimeout);
        Assert.Equal("second", await asked);
    }

    [Fact]
    public async Task Rests_grow_with_failures_and_are_spread_and_bounded()
    {
        var client = Connect(await NobodyAsync("http"));
        var rests = new List<double>();
        for (var i = 0; i < 12; i++)
        {
            var ended = await Assert.ThrowsAsync<SubtensorException>(() => AskAsync(client, advance: true));
            Assert.Equal(SubtensorError.Unreachable, ended.Error);
            rests.Add((client.Nodes[0].RestsUntil!.Value - _time.GetUtcNow()).TotalSeconds);
            _time.Advance(TimeSpan.FromMinutes(2));
        }

        Assert.All(rests, rest => Assert.InRange(rest, 0.25, 60));
        Assert.InRange(rests[0], 1, 2); // Three attempts: 0.5, 1, 2, each times 0.5 to 1.
        Assert.InRange(rests[^1], 30, 60);
        Assert.True(rests.Distinct().Count() > 6);
    }

    [Fact]
    public async Task When_all_rest_longer_than_the_call_may_last_it_fails_at_once()
    {
        _options.FirstRest = _options.LongestRest;
        var client = Connect(await NobodyAsync("ws"));
        await Assert.ThrowsAsync<SubtensorException>(() => AskAsync(client));
        var fault = await Assert.ThrowsAsync<SubtensorException>(() => AskAsync(client));
        Assert.Equal((SubtensorError.Unreachable, false), (fault.Error, fault.MayHaveArrived));
    }

    [Fact]
    public async Task The_total_deadline_holds_over_all_nodes()
    {
        _options.TotalTimeout = TimeSpan.FromSeconds(15);
        var arrived = new SemaphoreSlim(0);
        Func<RpcServerCall, Task> stall = call =>
        {
            arrived.Release();
            return call.StallAsync();
        };
        var client = Connect((await ServeAsync(stall)).Endpoint("http"), (await ServeAsync(stall)).Endpoint("ws"));
        var asked = AskAsync(client);
        await arrived.WaitAsync(Ct);
        _time.Advance(TimeSpan.FromSeconds(10));
        await arrived.WaitAsync(Ct);
        _time.Advance(TimeSpan.FromSeconds(5));
        var fault = await Assert.ThrowsAsync<SubtensorException>(() => asked);
        Assert.Equal((SubtensorError.Timeout, true), (fault.Error, fault.MayHaveArrived));
        Assert.StartsWith("No node answered ask within 15 s.", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_node_of_another_chain_is_refused()
    {
        var foreign = await ServeAsync(call => call.AnswerAsync("foreign"), "0x" + new string('1', 64));
        var ours = await ServeAsync(call => call.AnswerAsync("ours"));
        _options.GenesisHash = Genesis.ToUpperInvariant().Replace("0X", "0x", StringComparison.Ordinal);
        var client = Connect(foreign.Endpoint("http"), ours.Endpoint("http"));
        Assert.Equal("ours", await AskAsync(client));
        Assert.Equal(SubtensorError.WrongChain, client.Nodes[0].LastFault);
        Assert.DoesNotContain("ask", foreign.Methods);

        var alone = Connect(foreign.Endpoint("ws"));
        Assert.Equal(SubtensorError.WrongChain, (await Assert.ThrowsAsync<SubtensorException>(() => AskAsync(alone))).Error);
    }

    [Fact]
    public async Task Without_a_genesis_hash_the_first_node_says_which_chain_it_is()
    {
        var breaks = false;
        var first = await ServeAsync(call =>
        {
            if (!breaks) return call.AnswerAsync("first");
            call.Abort();
            return Task.CompletedTask;
        });
        var foreign = await ServeAsync(call => call.AnswerAsync("foreign"), "0x" + new string('1', 64));
        var client = Connect(first.Endpoint("http"), foreign.Endpoint("http"));
        Assert.Equal("first", await AskAsync(client));
        breaks = true;
        await Assert.ThrowsAsync<SubtensorException>(() => AskAsync(client, advance: true));
        Assert.DoesNotContain("ask", foreign.Methods);
    }

    [Theory]
    [InlineData(1010)]
    [InlineData(1014)]
    [InlineData(-32602)]
    public async Task What_a_node_decides_for_good_is_not_asked_elsewhere(int code)
    {
        var first = await ServeAsync(call => call.ErrorAsync(code, "no"));
        var second = await ServeAsync(call => call.AnswerAsync("second"));
        var client = Connect(first.Endpoint("http"), second.Endpoint("http"));
        var fault = await Assert.ThrowsAsync<SubtensorException>(() => AskAsync(client));
        Assert.Equal((SubtensorError.Refused, code), (fault.Error, fault.NodeCode));
        Assert.Empty(second.Methods);
        Assert.Equal(0, client.Nodes[0].Failures);
    }

    [Theory]
    [InlineData(-32601)]
    [InlineData(-32603)]
    [InlineData(4003)]
    [InlineData(1016)]
    public async Task What_another_node_may_know_better_is_asked_there(int code)
    {
        var first = await ServeAsync(call => call.ErrorAsync(code, "no"));
        var second = await ServeAsync(call => call.AnswerAsync("second"));
        Assert.Equal("second", await AskAsync(Connect(first.Endpoint("http"), second.Endpoint("http"))));
        var alone = Connect(first.Endpoint("http"));
        Assert.Equal(code, (await Assert.ThrowsAsync<SubtensorException>(() => AskAsync(alone))).NodeCode);
    }

    [Fact]
    public async Task An_answer_that_can_not_be_read_is_a_fault_of_the_node()
    {
        var first = await ServeAsync(call => call.AnswerAsync(17));
        var second = await ServeAsync(call => call.AnswerAsync("second"));
        var client = Connect(first.Endpoint("http"), second.Endpoint("http"));
        Assert.Equal("second", await AskAsync(client));
        Assert.Equal(SubtensorError.Malformed, client.Nodes[0].LastFault);
    }

    [Fact]
    public async Task A_refusal_after_an_attempt_without_an_answer_says_so()
    {
        var first = await ServeAsync(call =>
        {
            call.Abort();
            return Task.CompletedTask;
        });
        var second = await ServeAsync(call => call.ErrorAsync(1010, "Invalid Transaction", "Transaction is outdated"));
        var fault = await Assert.ThrowsAsync<SubtensorException>(() => AskAsync(Connect(first.Endpoint("ws"), second.Endpoint("http"))));
        Assert.Equal((1010, true), (fault.NodeCode, fault.MayHaveArrived));
    }

    [Fact]
    public async Task Subscriptions_go_to_a_node_that_has_them()
    {
        var node = await ServeAsync(async call =>
        {
            await call.AnswerAsync("s");
            await call.NewsAsync("s", "head");
        });
        var client = Connect(node.Endpoint("http"), node.Endpoint("ws"));
        Assert.True(client.CanSubscribe);
        await foreach (var news in client.SubscribeAsync("chain_subscribeNewHeads", [], "chain_unsubscribeNewHeads", Ct))
        {
            Assert.Equal("head", news.GetString());
            break;
        }
    }

    private static async Task<string> AskAsync(RpcClient client) =>
        await client.CallAsync("ask", [], result => result.ValueKind == JsonValueKind.String ? result.GetString()! : throw new FormatException("no text"), Ct);

    /// <summary>Asks while the clock runs past every rest.</summary>
    private async Task<string> AskAsync(RpcClient client, bool advance)
    {
        var asked = AskAsync(client);
        while (advance && await Task.WhenAny(asked, Task.Delay(5, Ct)) != asked) _time.Advance(TimeSpan.FromMilliseconds(250));
        return await asked;
    }

    private async Task<RpcEndpoint> NobodyAsync(string scheme)
    {
        var server = await ServeAsync(call => call.AnswerAsync(null));
        var endpoint = server.Endpoint(scheme);
        await server.DisposeAsync();
        return endpoint;
    }

    private async Task<RpcServer> ServeAsync(Func<RpcServerCall, Task> behave, string genesis = Genesis)
    {
        var server = await RpcServer.StartAsync(call => call.Method == "chain_getBlockHash" ? call.AnswerAsync(genesis) : behave(call));
        _open.Add(server);
        return server;
    }

    private RpcClient Connect(params RpcEndpoint[] endpoints)
    {
        var client = RpcClient.Connect(endpoints, _http, _options, _time, new Random(7));
        _open.Add(client);
        return client;
    }
}
