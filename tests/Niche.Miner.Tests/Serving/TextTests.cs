using Microsoft.AspNetCore.Http;
using Niche.Bittensor.Dendrite;
using Niche.Miner.Tests.Rig;

namespace Niche.Miner.Tests.Serving;

public sealed class TextTests(DemoEndpoint endpoint)
{
    [Fact]
    public async Task The_served_text_is_the_endpoints_text()
    {
        await using var rig = await MinerRig.StartAsync([endpoint.Address]);

        var result = await rig.WriteAsync();

        Assert.True(result.IsSuccess, result.StatusMessage);
        Assert.Equal(await WriteDirectlyAsync(), result.Response.PromptOutput.GetProperty("choices")[0].GetProperty("text").GetString());
    }

    [Fact]
    public async Task A_streamed_text_is_the_served_text()
    {
        await using var rig = await MinerRig.StartAsync([endpoint.Address]);

        var (pieces, end) = await StreamAsync(rig);

        Assert.Equal(SynapseOutcome.Success, end.Outcome);
        Assert.Equal(await WriteDirectlyAsync(), string.Concat(pieces));
    }

    [Fact]
    public async Task A_piece_reaches_the_caller_before_the_next_one_is_made()
    {
        var seen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var slow = await HostileEndpoint.StartAsync(async http =>
        {
            http.Response.ContentType = "text/event-stream";
            await http.Response.WriteAsync("data: {\"choices\":[{\"text\":\" light\"}]}\n\n");
            await http.Response.Body.FlushAsync();
            await seen.Task.WaitAsync(Ask.Patience);
            await http.Response.WriteAsync("data: {\"choices\":[{\"text\":\"house\"}]}\n\ndata: [DONE]\n\n");
        });
        await using var rig = await MinerRig.StartAsync([slow.Address]);
        var stream = rig.As("//Alice").StreamAsync(rig.Axon, Ask.Text(stream: true), Ask.Patience);

        var text = "";
        await foreach (var piece in stream.WithCancellation(TestContext.Current.CancellationToken))
        {
            if (text.Length == 0) Assert.Equal(" light", piece);
            text += piece;
            seen.TrySetResult();
        }

        Assert.Equal(" lighthouse", text);
        Assert.Equal(SynapseOutcome.Success, (await stream.Completion).Outcome);
    }

    [Fact]
    public async Task A_stream_that_fails_before_its_first_piece_fails_honestly()
    {
        await using var hostile = await HostileEndpoint.StartAsync(500, "");
        await using var rig = await MinerRig.StartAsync([hostile.Address]);

        var (pieces, end) = await StreamAsync(rig);

        Assert.Empty(pieces);
        Assert.Equal(502, end.StatusCode);
    }

    [Fact]
    public async Task A_stream_that_breaks_off_in_the_middle_does_not_pass_for_whole()
    {
        await using var hostile = await HostileEndpoint.StartAsync(200, "data: {\"choices\":[{\"text\":\" light\"}]}\n\n");
        await using var rig = await MinerRig.StartAsync([hostile.Address]);

        var (_, end) = await StreamAsync(rig);

        Assert.NotEqual(SynapseOutcome.Success, end.Outcome);
    }

    private static async Task<(List<string> Pieces, StreamCompletion End)> StreamAsync(MinerRig rig)
    {
        var stream = rig.As("//Alice").StreamAsync(rig.Axon, Ask.Text(stream: true), Ask.Patience);
        var pieces = new List<string>();
        await foreach (var piece in stream.WithCancellation(TestContext.Current.CancellationToken)) pieces.Add(piece);
        return (pieces, await stream.Completion);
    }

    private async Task<string?> WriteDirectlyAsync()
    {
        var answer = await endpoint.GenerateAsync(
            new { model = "niche-prompt-lm", prompt = new[] { "a red" }, seed = 3, max_tokens = 12, temperature = 0.9, top_p = 1 });
        return answer.GetProperty("prompt_output").GetProperty("choices")[0].GetProperty("text").GetString();
    }
}
