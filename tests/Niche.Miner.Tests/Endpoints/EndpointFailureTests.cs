using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;
using Niche.Bittensor.Axon;
using Niche.Miner.Tests.Rig;

namespace Niche.Miner.Tests.Endpoints;

public sealed class EndpointFailureTests
{
    [Theory]
    [InlineData(500, "", 502)]
    [InlineData(404, "", 502)]
    [InlineData(302, "", 502)]
    [InlineData(503, "", 503)]
    [InlineData(429, "", 429)]
    [InlineData(504, "", 504)]
    [InlineData(400, """{"detail":"steps: must be a whole number from 1 to 50"}""", 400)]
    [InlineData(422, """{"detail":[{"loc":["body"]}]}""", 400)]
    [InlineData(200, "<html>hello</html>", 502)]
    [InlineData(200, "", 502)]
    [InlineData(200, "[]", 502)]
    [InlineData(200, "{}", 502)]
    [InlineData(200, """{"image":null}""", 502)]
    [InlineData(200, """{"image":""}""", 502)]
    [InlineData(200, """{"image":"not base64!"}""", 502)]
    [InlineData(200, """{"image":"aGVsbG8="}""", 502)]
    [InlineData(200, """{"image":"\ud800"}""", 502)]
    public async Task A_failing_endpoint_is_told_honestly(int status, string body, int expected)
    {
        await using var hostile = await HostileEndpoint.StartAsync(status, body);
        await using var rig = await MinerRig.StartAsync([hostile.Address]);

        var result = await rig.PaintAsync();

        Assert.Equal(expected, result.StatusCode);
        Assert.Null(result.Response);
        Assert.True(expected != 429 || result.RetryAfter is not null);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"prompt_output":{}}""")]
    [InlineData("""{"prompt_output":{"choices":[]}}""")]
    [InlineData("""{"prompt_output":{"choices":[{"text":5}]}}""")]
    public async Task A_completion_without_text_is_a_failure(string body)
    {
        await using var hostile = await HostileEndpoint.StartAsync(200, body);
        await using var rig = await MinerRig.StartAsync([hostile.Address]);

        Assert.Equal(502, (await rig.WriteAsync()).StatusCode);
    }

    [Fact]
    public async Task The_endpoints_words_on_a_bad_request_reach_the_caller()
    {
        await using var hostile = await HostileEndpoint.StartAsync(400, """{"detail":"width: 7 x 7 is not a size"}""");
        await using var rig = await MinerRig.StartAsync([hostile.Address]);

        Assert.Equal("width: 7 x 7 is not a size", (await rig.PaintAsync()).StatusMessage);
    }

    [Fact]
    public async Task An_endpoint_that_went_away_is_503()
    {
        var gone = await HostileEndpoint.GoodAsync();
        await using var rig = await MinerRig.StartAsync([gone.Address]);
        await gone.DisposeAsync();

        var result = await rig.PaintAsync();

        Assert.Equal(503, result.StatusCode);
        Assert.NotNull(result.RetryAfter);
    }

    [Fact]
    public async Task Work_that_takes_longer_than_the_miner_allows_is_504_and_the_endpoint_is_told()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow);
        var (began, left) = (new TaskCompletionSource(), new TaskCompletionSource());
        await using var slow = await HostileEndpoint.StartAsync(http =>
        {
            began.TrySetResult();
            return HangAsync(http, left);
        });
        await using var rig = await MinerRig.StartAsync([slow.Address], options => options with { MaxTimeout = TimeSpan.FromSeconds(5) }, time: time);
        var call = rig.PaintAsync();
        await began.Task.WaitAsync(TestContext.Current.CancellationToken);
        time.Advance(TimeSpan.FromSeconds(6));

        Assert.Equal(504, (await call).StatusCode);
        await left.Task.WaitAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_caller_that_vanishes_stops_the_endpoints_work_and_frees_the_slot()
    {
        var (began, left) = (new TaskCompletionSource(), new TaskCompletionSource());
        await using var slow = await HostileEndpoint.StartAsync(http =>
        {
            began.TrySetResult();
            return HangAsync(http, left);
        });
        await using var rig = await MinerRig.StartAsync([slow.Address]);
        using var leaving = new CancellationTokenSource();
        var call = rig.As("//Alice").CallAsync(rig.Axon, Ask.Image(), Ask.Patience, leaving.Token);
        await began.Task.WaitAsync(TestContext.Current.CancellationToken);
        await leaving.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        await left.Task.WaitAsync(TestContext.Current.CancellationToken);
        var gate = (FairGate)rig.Services.GetService(typeof(FairGate))!;
        while (gate.Running > 0) await Task.Yield();
    }

    [Fact]
    public async Task With_one_slot_and_no_queue_the_second_request_is_told_429()
    {
        var (began, go) = (new TaskCompletionSource(), new TaskCompletionSource());
        await using var busy = await HostileEndpoint.StartAsync(async http =>
        {
            began.TrySetResult();
            await go.Task;
            await http.Response.WriteAsync($$"""{"image":"{{HostileEndpoint.Png}}"}""");
        });
        await using var rig = await MinerRig.StartAsync([busy.Address], options => options with { MaxConcurrent = 1, MaxWaiting = 0 });
        var first = rig.PaintAsync();
        await began.Task.WaitAsync(TestContext.Current.CancellationToken);

        var second = await rig.PaintAsync();
        go.SetResult();

        Assert.Equal((429, TimeSpan.FromSeconds(1)), (second.StatusCode, second.RetryAfter));
        Assert.Equal(200, (await first).StatusCode);
        Assert.Equal(1, busy.Asked);
    }

    [Fact]
    public async Task Another_endpoint_steps_in_for_one_that_fails()
    {
        await using var failing = await HostileEndpoint.StartAsync(500, "");
        await using var good = await HostileEndpoint.GoodAsync();
        await using var rig = await MinerRig.StartAsync([failing.Address, good.Address]);
        var pool = (Miner.Endpoints.EndpointPool)rig.Services.GetService(typeof(Miner.Endpoints.EndpointPool))!;
        while (pool.Links.Any(link => link.Models.Count == 0)) await Task.Yield();

        Assert.Equal(200, (await rig.PaintAsync()).StatusCode);
        Assert.Equal(200, (await rig.PaintAsync()).StatusCode);

        // The second request went past the one that had just failed.
        Assert.Equal((1, 2), (failing.Asked, good.Asked));
    }

    [Fact]
    public async Task A_bad_request_is_not_tried_elsewhere()
    {
        await using var first = await HostileEndpoint.StartAsync(400, "{}");
        await using var second = await HostileEndpoint.StartAsync(400, "{}");
        await using var rig = await MinerRig.StartAsync([first.Address, second.Address]);
        var pool = (Miner.Endpoints.EndpointPool)rig.Services.GetService(typeof(Miner.Endpoints.EndpointPool))!;
        while (pool.Links.Any(link => link.Models.Count == 0)) await Task.Yield();

        Assert.Equal(400, (await rig.PaintAsync()).StatusCode);
        Assert.Equal(1, first.Asked + second.Asked);
    }

    [Fact]
    public async Task An_unknown_model_is_a_bad_request_that_names_the_known_ones()
    {
        await using var good = await HostileEndpoint.GoodAsync();
        await using var rig = await MinerRig.StartAsync([good.Address]);

        var result = await rig.PaintAsync(Ask.Image() with { ModelName = "nobody-has-this" });

        Assert.Equal((400, "'model_name' must be one of: niche-scenes, niche-prompt-lm."), (result.StatusCode, result.StatusMessage));
    }

    private static async Task HangAsync(HttpContext http, TaskCompletionSource left)
    {
        var gone = new TaskCompletionSource();
        await using var registration = http.RequestAborted.Register(() => gone.TrySetResult());
        await gone.Task;
        left.TrySetResult();
    }
}
