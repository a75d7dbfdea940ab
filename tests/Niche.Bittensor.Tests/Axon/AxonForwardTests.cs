using Niche.Bittensor.Axon;
using Niche.Bittensor.Chain;
using Niche.Bittensor.Dendrite;
using Niche.Bittensor.Keys;

namespace Niche.Bittensor.Tests.Axon;

public sealed class AxonForwardTests : IDisposable
{
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(30);

    private readonly Keypair _alice = Keypair.FromUri("//Alice");
    private readonly Keypair _outer = Keypair.FromUri("//Bob");
    private readonly HttpClient _http = new(DendriteClient.CreateHandler());

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _http.Dispose();
        _outer.Dispose();
        _alice.Dispose();
    }

    [Fact]
    public async Task A_layered_axon_serves_callers_through_the_outer_one_only()
    {
        await using var inner = await StartInnerAsync();
        await using var outer = await StartOuterAsync(inner.Endpoint);
        var caller = new DendriteClient(_alice, _http, TimeProvider.System);
        var around = await caller.CallAsync(inner.Endpoint, new Echo { Text = "x" }, Long, Ct);
        var through = await caller.CallAsync(outer.Endpoint, new Echo { Text = "x" }, Long, Ct);
        Assert.Equal((403, "Forbidden. Key is blacklisted: Unrecognized hotkey."), (around.StatusCode, around.StatusMessage));
        Assert.True(through.IsSuccess, through.StatusMessage);
        Assert.Equal("inner", through.Response.Answer);
    }

    [Theory]
    [InlineData("slow down", 429, "slow down")]
    [InlineData("broken", 500, "Internal Server Error")]
    public async Task What_the_inner_axon_says_of_a_request_reaches_the_caller(string text, int status, string message)
    {
        await using var inner = await StartInnerAsync();
        await using var outer = await StartOuterAsync(inner.Endpoint);
        var result = await new DendriteClient(_alice, _http, TimeProvider.System).CallAsync(outer.Endpoint, new Echo { Text = text }, Long, Ct);
        Assert.Equal(status, result.StatusCode);
        Assert.StartsWith(message, result.StatusMessage, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_inner_axon_that_is_gone_or_refuses_the_outer_one_is_nothing_to_blame_the_caller_for()
    {
        AxonEndpoint gone;
        await using (var inner = await StartInnerAsync()) gone = inner.Endpoint;
        await using var stranger = await AxonHost.StartAsync(options =>
            options.OnlyFrom(_alice.Address).Attach<Echo>((echo, _, _) => Task.FromResult(AxonReply.Success(echo))));
        await using var first = await StartOuterAsync(gone);
        await using var second = await StartOuterAsync(stranger.Endpoint);
        var caller = new DendriteClient(_alice, _http, TimeProvider.System);
        Assert.Equal(503, (await caller.CallAsync(first.Endpoint, new Echo { Text = "x" }, Long, Ct)).StatusCode);
        var refused = await caller.CallAsync(second.Endpoint, new Echo { Text = "x" }, Long, Ct);
        Assert.Equal((502, "The axon behind this one gave no usable answer."), (refused.StatusCode, refused.StatusMessage));
    }

    [Theory]
    [InlineData("go on", SynapseOutcome.Success, 200, "one two three")]
    [InlineData("nothing", SynapseOutcome.Success, 200, "")]
    [InlineData("break", SynapseOutcome.Unreachable, 503, "one ")]
    [InlineData("slow down", SynapseOutcome.Rejected, 429, "")]
    public async Task A_stream_goes_through_piece_by_piece_and_breaks_where_it_breaks_inside(string text, SynapseOutcome outcome, int status, string heard)
    {
        var begun = new TaskCompletionSource();
        await using var inner = await AxonHost.StartAsync(options => options.OnlyFrom(_outer.Address).AttachStream<Echo>((echo, _, _) =>
            Task.FromResult(echo.Text == "slow down" ? AxonStreamReply.Failure(429, "slow down") : AxonStreamReply.Success(SayAsync(echo.Text, begun.Task)))));
        await using var outer = await AxonHost.StartAsync(options =>
            options.AttachStreamForward<Echo>(new DendriteClient(_outer, _http, TimeProvider.System), inner.Endpoint, Long));
        var stream = new DendriteClient(_alice, _http, TimeProvider.System).StreamAsync(outer.Endpoint, new Echo { Text = text }, Long);
        var pieces = new List<string>();
        await foreach (var piece in stream.WithCancellation(Ct))
        {
            pieces.Add(piece);
            begun.TrySetResult();
        }

        var end = await stream.Completion;
        Assert.Equal((outcome, status, heard), (end.Outcome, end.StatusCode, string.Concat(pieces)));
    }

    // A connection that breaks may take with it what was sent just before; so it breaks when the beginning was heard.
    private static async IAsyncEnumerable<string> SayAsync(string text, Task heard)
    {
        if (text == "nothing") yield break;
        yield return "one ";
        await heard;
        if (text == "break") throw new InvalidOperationException();
        yield return "two ";
        yield return "three";
    }

    private Task<AxonHost> StartInnerAsync() => AxonHost.StartAsync(options => options.OnlyFrom(_outer.Address).Attach<Echo>((echo, _, _) =>
        Task.FromResult(echo.Text switch
        {
            "slow down" => AxonReply.Failure<Echo>(429, "slow down", TimeSpan.FromSeconds(7)),
            "broken" => throw new InvalidOperationException(),
            _ => AxonReply.Success(echo with { Answer = "inner" }),
        })));

    private Task<AxonHost> StartOuterAsync(AxonEndpoint inner) => AxonHost.StartAsync(options =>
        options.AttachForward<Echo>(new DendriteClient(_outer, _http, TimeProvider.System), inner, Long));
}
