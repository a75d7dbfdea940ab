using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Niche.GpuEndpoint.Queueing;
using Niche.Inference.Models;

namespace Niche.GpuEndpoint.Tests.Engines;

/// <summary>Pictures that wait at the same time, painted together by a real endpoint.</summary>
public sealed partial class BatchedPicturesTests(RunningEndpoint alone)
{
    private static readonly CancellationToken Now = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Pictures_that_wait_together_are_painted_together_and_are_those_painted_alone()
    {
        await using var endpoint = await Start();
        var bodies = Enumerable.Range(0, 8).Select(i => Body($"a house {i}", i % 4 == 3 ? 5 : 4)).ToArray();
        var lane = endpoint.Services.GetRequiredService<WorkLanes>().Images;
        Task<byte[]>[] pictures;
        using (lane.Enter())
        {
            pictures = [.. bodies.Select(endpoint.PaintAsync)];
            while (lane.Waiting < bodies.Length) await Task.Yield();
        }
        var together = await Task.WhenAll(pictures);

        for (var i = 0; i < bodies.Length; i++) Assert.Equal(await alone.PaintAsync(bodies[i]), together[i]);
        var metrics = await endpoint.Client.GetStringAsync("/metrics", Now);
        var turns = int.Parse(Turns().Match(metrics).Groups[1].Value, CultureInfo.InvariantCulture);
        // Six of one shape and two of another, at most three in a turn: three turns, or a few more when some entered late.
        Assert.InRange(turns, 3, 7);
        Assert.Contains("niche:batch_size_sum{model_name=\"niche-scenes\"} 8\n", metrics, StringComparison.Ordinal);
        Assert.Contains("niche:batch_size_bucket{model_name=\"niche-scenes\",le=\"4\"} " + turns + "\n", metrics, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_of_a_batch_can_be_cancelled_and_the_others_go_on()
    {
        await using var endpoint = await Start();
        var lane = endpoint.Services.GetRequiredService<WorkLanes>().Images;
        using (lane.Enter())
        {
            foreach (var id in new[] { "a", "b", "c" }) await Put(endpoint, id);
        }
        string[] working;
        do working = [.. (await States(endpoint)).Where(state => state.Status == "processing" && state.Step > 0).Select(state => state.Id)];
        while (working.Length < 2);

        await endpoint.PostAsync($"/predictions/{working[0]}/cancel", "{}");
        while ((await States(endpoint)).Any(state => state.Status is "processing" or "starting")) await Task.Yield();

        Assert.All(await States(endpoint), state => Assert.Equal(state.Id == working[0] ? "canceled" : "succeeded", state.Status));
        Assert.Equal(0, lane.Inside);
    }

    [Fact]
    public async Task Who_waits_is_counted_by_model_and_by_priority()
    {
        await using var endpoint = await Start();
        var lane = endpoint.Services.GetRequiredService<WorkLanes>().Images;
        using (lane.Enter(model: "other"))
        {
            foreach (var (id, priority) in new[] { ("a", 5), ("b", 5), ("c", -1) }) await Put(endpoint, id, priority);
            var metrics = await endpoint.Client.GetStringAsync("/metrics", Now);

            Assert.Contains("niche:queue_depth{priority=\"5\"} 2\n", metrics, StringComparison.Ordinal);
            Assert.Contains("niche:queue_depth{priority=\"-1\"} 1\n", metrics, StringComparison.Ordinal);
            Assert.Contains("niche:model_requests_waiting{model_name=\"niche-scenes\"} 3\n", metrics, StringComparison.Ordinal);
            Assert.Contains("niche:model_requests_running{model_name=\"other\"} 1\n", metrics, StringComparison.Ordinal);
        }
        while (lane.Inside > 0) await Task.Yield();

        Assert.DoesNotContain("queue_depth{", await endpoint.Client.GetStringAsync("/metrics", Now), StringComparison.Ordinal);
    }

    private static Task<RunningEndpoint> Start() => RunningEndpoint.StartAsync(new EndpointOptions { Threads = 1, Batch = 3, Only = [ModelKind.Image] });

    private static string Body(string prompt, int steps) => $$$"""{"prompt":"{{{prompt}}}","seed":3,"pipeline_params":{"num_inference_steps":{{{steps}}}}}""";

    private static async Task Put(RunningEndpoint endpoint, string id, int priority = 0)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, $"/predictions/{id}")
        {
            Content = new StringContent($$"""{"priority":{{priority}},"input":{{Body(id, 20)}}}"""),
            Headers = { { "Prefer", "respond-async" } },
        };
        using var response = await endpoint.Client.SendAsync(request, Now);
        response.EnsureSuccessStatusCode();
    }

    private static async Task<(string Id, string Status, int Step)[]> States(RunningEndpoint endpoint) => await Task.WhenAll(new[] { "a", "b", "c" }.Select(async id =>
    {
        using var answer = JsonDocument.Parse(await endpoint.Client.GetStringAsync($"/predictions/{id}", Now));
        return (id, answer.RootElement.GetProperty("status").GetString()!, answer.RootElement.TryGetProperty("progress", out var progress) ? progress.GetProperty("step").GetInt32() : 0);
    }));

    [GeneratedRegex("""niche:batch_size_count\{model_name="niche-scenes"\} (\d+)""")]
    private static partial Regex Turns();
}
