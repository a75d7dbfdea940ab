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
