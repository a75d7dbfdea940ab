using System.Net;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Niche.GpuEndpoint.Engines;
using Niche.GpuEndpoint.Queueing;
using Niche.Inference.Text;

namespace Niche.GpuEndpoint.Tests.Routes;

/// <summary>Texts that are asked for at the same time.</summary>
public sealed class TextBatchTests(RunningEndpoint endpoint)
{
    [Fact]
    public async Task Get_what_they_would_get_alone()
    {
        string[] bodies = [.. Enumerable.Range(0, 12).Select(i =>
            $$"""{"model":"niche-prompt-lm","prompt":"a {{(i % 2 == 0 ? "red" : "castle in")}}","seed":{{i}},"max_tokens":{{10 + i}},"stream":{{(i % 3 == 0 ? "true" : "false")}}}""")];

        var together = await Task.WhenAll(bodies.Select(Ask));

        for (var i = 0; i < bodies.Length; i++) Assert.Equal(await Ask(bodies[i]), together[i]);
    }

    [Fact]
    public async Task Run_side_by_side_up_to_the_limit_and_the_rest_waits_and_shows_in_the_metrics()
    {
        var gate = new GatedTexts();
        await using var small = await RunningEndpoint.StartAsync(
            new EndpointOptions { Threads = 1, TextBatch = 3, Queue = 4 }, services => services.AddSingleton<ITextEngine>(gate));
        const string Body = """{"model":"niche-prompt-lm","prompt":"a"}""";
        var asked = Enumerable.Range(0, 7).Select(_ => small.PostAsync("/generate", Body)).ToArray();
        for (var i = 0; i < 3; i++) await gate.Started.WaitAsync(TestContext.Current.CancellationToken);
        var lane = small.Services.GetRequiredService<WorkLanes>().Texts;
        while (lane.Inside < 7) await Task.Yield();

        var (status, problem) = await small.PostAsync("/generate", Body);
        var metrics = await small.Client.GetStringAsync("/metrics", TestContext.Current.CancellationToken);

        Assert.Equal((HttpStatusCode.TooManyRequests, "queue_full"), (status, problem.GetProperty("code").GetString()));
        Assert.Contains("niche:num_requests_running{kind=\"text\"} 3\n", metrics, StringComparison.Ordinal);
        Assert.Contains("niche:num_requests_waiting{kind=\"text\"} 4\n", metrics, StringComparison.Ordinal);
        Assert.Contains("niche:model_requests_running{model_name=\"niche-prompt-lm\"} 3\n", metrics, StringComparison.Ordinal);
        gate.Open();
        Assert.All(await Task.WhenAll(asked), answer => Assert.Equal(HttpStatusCode.OK, answer.Status));
        metrics = await small.Client.GetStringAsync("/metrics", TestContext.Current.CancellationToken);
        Assert.Contains("niche:generation_tokens_total{model_name=\"niche-prompt-lm\"} 7\n", metrics, StringComparison.Ordinal);
        Assert.Contains("niche:prompt_tokens_total{model_name=\"niche-prompt-lm\"} 14\n", metrics, StringComparison.Ordinal);
        Assert.Contains("niche:time_to_first_token_seconds_count{model_name=\"niche-prompt-lm\"} 7\n", metrics, StringComparison.Ordinal);
        Assert.Equal(0, lane.Inside);
    }

    private async Task<string> Ask(string body)
    {
        using var content = new StringContent(body, Encoding.UTF8);
        using var response = await endpoint.Client.PostAsync("/generate", content, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var answer = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        // Every answer has an id and a second of its own.
        return System.Text.RegularExpressions.Regex.Replace(answer, "\"(id|created)\":(\"[^\"]*\"|[0-9]+)", "");
    }

    private sealed class GatedTexts : ITextEngine
    {
        public Task<TextCheck> CheckAsync(CheckJob job, CancellationToken cancellation) => throw new NotSupportedException();

        private readonly TaskCompletionSource _gate = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public SemaphoreSlim Started { get; } = new(0);

        public void Open() => _gate.TrySetResult();

        public async IAsyncEnumerable<TextPiece> StreamAsync(TextJob job, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
        {
            Started.Release();
            await _gate.Task.WaitAsync(cancellation);
            yield return new TextPiece("x", new TokenLogprob(1, "x", -1), [], "length", 2);
        }
    }
}
