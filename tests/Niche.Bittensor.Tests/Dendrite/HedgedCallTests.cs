using Microsoft.Extensions.Time.Testing;
using Niche.Bittensor.Axon;
using Niche.Bittensor.Dendrite;
using Niche.Bittensor.Keys;
using Niche.Bittensor.Tests.Axon;

namespace Niche.Bittensor.Tests.Dendrite;

public sealed class HedgedCallTests : IDisposable
{
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(60);
    private static readonly HedgePolicy AfterASecond = new() { Delay = TimeSpan.FromSeconds(1), Percentile = null };

    private readonly Keypair _hotkey = Keypair.FromUri("//Alice");
    private readonly HttpClient _http = new(DendriteClient.CreateHandler());
    private readonly FakeTimeProvider _time = new(DateTimeOffset.UtcNow);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _http.Dispose();
        _hotkey.Dispose();
    }

    [Fact]
    public async Task The_second_axon_is_asked_after_the_delay_and_the_slow_first_one_is_cancelled()
    {
        await using var slow = new Miner();
        await using var fast = new Miner("fast");
        var (slowAxon, fastAxon) = (await slow.StartAsync(), await fast.StartAsync());
        var call = Client().CallHedgedAsync([slowAxon.Endpoint, fastAxon.Endpoint], new Echo { Text = "x" }, Long, AfterASecond, Ct);
        await slow.Asked;
        Assert.False(fast.Asked.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(1));
        var result = await call;
        Assert.Equal("fast", result.Best.Response!.Answer);
        Assert.Equal([SynapseOutcome.Cancelled, SynapseOutcome.Success], result.Calls.Select(one => one.Outcome));
        await slow.Cancelled;
    }

    [Fact]
    public async Task A_quick_first_answer_leaves_the_second_axon_alone()
    {
        await using var first = new Miner("first");
        await using var second = new Miner("second");
        var result = await Client().CallHedgedAsync(
            [(await first.StartAsync()).Endpoint, (await second.StartAsync()).Endpoint], new Echo { Text = "x" }, Long, AfterASecond, Ct);
        Assert.Equal("first", result.Best.Response!.Answer);
        Assert.Single(result.Calls);
        Assert.False(second.Asked.IsCompleted);
    }

    [Fact]
    public async Task A_failure_brings_the_next_axon_at_once()
    {
        await using var good = new Miner("good");
        await using var dead = RawServer.Answering("");
        var result = await Client().CallHedgedAsync([dead.Endpoint, (await good.StartAsync()).Endpoint], new Echo { Text = "x" }, Long, AfterASecond, Ct);
        Assert.Equal([SynapseOutcome.Unreachable, SynapseOutcome.Success], result.Calls.Select(one => one.Outcome));
        Assert.Equal("good", result.Best.Response!.Answer);
    }

    [Fact]
    public async Task An_answer_that_is_not_accepted_does_not_win_and_without_any_good_one_the_first_is_told()
    {
        await using var one = new Miner("one");
        await using var two = new Miner("two");
        var axons = new[] { (await one.StartAsync()).Endpoint, (await two.StartAsync()).Endpoint };
        var second = await Client().CallHedgedAsync(axons, new Echo { Text = "x" }, Long, AfterASecond, Ct, answer => answer.Response?.Answer == "two");
        var none = await Client().CallHedgedAsync(axons, new Echo { Text = "x" }, Long, AfterASecond, Ct, _ => false);
        Assert.Equal("two", second.Best.Response!.Answer);
        Assert.Equal(("one", 2), (none.Best.Response!.Answer, none.Calls.Count));
    }

    [Fact]
    public async Task The_callers_own_cancellation_throws_and_ends_every_call()
    {
        await using var slow = new Miner();
        var axon = await slow.StartAsync();
        using var stop = new CancellationTokenSource();
        var call = Client().CallHedgedAsync([axon.Endpoint, axon.Endpoint], new Echo { Text = "x" }, Long, AfterASecond, stop.Token);
        await slow.Asked;
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        await slow.Cancelled;
    }

    [Fact]
    public void The_percentile_is_known_once_there_are_enough_answers_and_forgets_old_ones()
    {
        var times = new CallTimes();
        for (var i = 1; i <= 19; i++) times.Add(TimeSpan.FromSeconds(i));
        Assert.Null(times.Percentile(0.95));
        times.Add(TimeSpan.FromSeconds(20));
        Assert.Equal(TimeSpan.FromSeconds(20), times.Percentile(0.95));
        Assert.Equal(TimeSpan.FromSeconds(11), times.Percentile(0.5));
        for (var i = 0; i < 128; i++) times.Add(TimeSpan.FromSeconds(1));
        Assert.Equal(TimeSpan.FromSeconds(1), times.Percentile(1));
    }

    private DendriteClient Client() => new(_hotkey, _http, _time);

    /// <summary>An axon that answers at once, or never.</summary>
    private sealed class Miner(string? answer = null) : IAsyncDisposable
    {
        private readonly TaskCompletionSource _asked = new();
        private readonly TaskCompletionSource _cancelled = new();
        private AxonHost? _axon;

        public Task Asked => _asked.Task;

        public Task Cancelled => _cancelled.Task;

        public async Task<AxonHost> StartAsync() => _axon = await AxonHost.StartAsync(options => options.Attach<Echo>(async (echo, _, ct) =>
        {
            _asked.TrySetResult();
            if (answer is not null) return AxonReply.Success(echo with { Answer = answer });
            await using var registration = ct.Register(() => _cancelled.TrySetResult());
            await _cancelled.Task;
            throw new OperationCanceledException(ct);
        }));

        public async ValueTask DisposeAsync()
        {
            if (_axon is not null) await _axon.DisposeAsync();
        }
    }
}
