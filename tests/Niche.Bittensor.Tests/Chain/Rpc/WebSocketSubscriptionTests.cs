using Microsoft.Extensions.Time.Testing;
using Niche.Bittensor.Chain;
using Niche.Bittensor.Chain.Rpc;

namespace Niche.Bittensor.Tests.Chain.Rpc;

public sealed class WebSocketSubscriptionTests : IDisposable
{
    private readonly HttpClient _http = new(HttpRpcConnection.CreateHandler());
    private readonly FakeTimeProvider _time = new();
    private readonly RpcOptions _options = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => _http.Dispose();

    [Fact]
    public async Task News_that_follow_the_answer_at_once_are_not_lost_and_leaving_tells_the_node()
    {
        var left = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var server = await RpcServer.StartAsync(async call =>
        {
            if (call.Method == "unsubscribe") left.TrySetResult(call.Parameters[0].GetString()!);
            await call.AnswerAsync("sub-1");
            for (var i = 0; i < 5; i++) await call.NewsAsync("sub-1", i);
        });
        await using var node = Connect(server);
        var got = new List<int>();
        await foreach (var news in node.SubscribeAsync("subscribe", [], "unsubscribe", Ct))
        {
            got.Add(news.GetInt32());
            if (got.Count == 3) break;
        }

        Assert.Equal([0, 1, 2], got);
        Assert.Equal("sub-1", await left.Task.WaitAsync(Ct));
    }

    [Fact]
    public async Task Silence_ends_a_subscription()
    {
        await using var server = await RpcServer.StartAsync(async call =>
        {
            await call.AnswerAsync("s");
            await call.NewsAsync("s", 1);
        });
        await using var node = Connect(server);
        await using var news = node.SubscribeAsync("subscribe", [], "unsubscribe", Ct).GetAsyncEnumerator(Ct);
        Assert.True(await news.MoveNextAsync());
        var more = news.MoveNextAsync();
        _time.Advance(_options.SubscriptionSilence);
        Assert.Equal(SubtensorError.Timeout, (await Assert.ThrowsAsync<SubtensorException>(() => more.AsTask())).Error);
    }

    [Fact]
    public async Task A_broken_connection_ends_a_subscription()
    {
        await using var server = await RpcServer.StartAsync(async call =>
        {
            await call.AnswerAsync("s");
            call.Abort();
        });
        await using var node = Connect(server);
        await using var news = node.SubscribeAsync("subscribe", [], "unsubscribe", Ct).GetAsyncEnumerator(Ct);
        Assert.Equal(SubtensorError.Disconnected, (await Assert.ThrowsAsync<SubtensorException>(() => news.MoveNextAsync().AsTask())).Error);
    }

    [Fact]
    public async Task News_that_pile_up_end_the_subscription_and_not_the_connection()
    {
        var sent = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var server = await RpcServer.StartAsync(async call =>
        {
            await call.AnswerAsync("s");
            if (call.Method != "subscribe") return;
            for (var i = 0; i < 1500; i++) await call.NewsAsync("s", i);
            sent.SetResult();
        });
        await using var node = Connect(server);
        await using var news = node.SubscribeAsync("subscribe", [], "unsubscribe", Ct).GetAsyncEnumerator(Ct);
        Assert.True(await news.MoveNextAsync());
        await sent.Task.WaitAsync(Ct);
        // Its answer comes behind all the news on the same connection: now they have piled up.
        Assert.Equal("s", (await node.CallAsync("other", [], Ct)).GetString());
        var got = 1;
        var fault = await Assert.ThrowsAsync<SubtensorException>(async () =>
        {
            while (await news.MoveNextAsync()) got++;
        });
        Assert.Equal(SubtensorError.TooLarge, fault.Error);
        Assert.InRange(got, 1024, 1400);
    }

    [Fact]
    public async Task Over_http_nothing_can_be_subscribed_to()
    {
        await using var node = new HttpRpcConnection(RpcEndpoint.Parse("http://127.0.0.1:1"), _http, _options, _time);
        Assert.Equal(SubtensorError.Unsupported, Assert.Throws<SubtensorException>(() => node.SubscribeAsync("subscribe", [], "unsubscribe", Ct)).Error);
    }

    private WebSocketRpcConnection Connect(RpcServer server) => new(server.Endpoint("ws"), _http, _options, _time);
}
