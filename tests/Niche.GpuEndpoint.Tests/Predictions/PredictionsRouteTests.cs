using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Niche.GpuEndpoint.Queueing;

namespace Niche.GpuEndpoint.Tests.Predictions;

public sealed class PredictionsRouteTests(RunningEndpoint endpoint)
{
    private const string Input = """{"prompt":"a red house in the mountains at night with a full moon","seed":7}""";
    private const string Long = """{"input":{"prompt":"a","pipeline_params":{"num_inference_steps":50}}}""";
    private static readonly CancellationToken Now = TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_prediction_that_is_waited_for_has_the_very_picture_that_generate_paints()
    {
        using var response = await Send(HttpMethod.Post, "/predictions", $$"""{"input":{{Input}}}""");
        var answer = await Json(response);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("succeeded", answer.GetProperty("status").GetString());
        var url = Assert.Single(answer.GetProperty("output").EnumerateArray()).GetString()!;
        Assert.StartsWith("data:image/png;base64,", url, StringComparison.Ordinal);
        Assert.Equal(await endpoint.PaintAsync(Input), Convert.FromBase64String(url[(url.IndexOf(',', StringComparison.Ordinal) + 1)..]));
        Assert.Equal((20, 20), (answer.GetProperty("progress").GetProperty("step").GetInt32(), answer.GetProperty("progress").GetProperty("total").GetInt32()));
        Assert.True(answer.GetProperty("timings").GetProperty("total_ms").GetDouble() > 0);
    }

    [Fact]
    public async Task Asked_not_to_wait_it_answers_202_with_the_place_where_the_result_will_be()
    {
        using var response = await Send(HttpMethod.Post, "/predictions", $$"""{"input":{{Input}}}""", prefer: "respond-async");
        var first = await Json(response);
        var last = await Until(response.Headers.Location!.ToString(), answer => answer.GetProperty("status").GetString() == "succeeded");

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        Assert.Contains(first.GetProperty("status").GetString(), new[] { "starting", "processing" });
        Assert.Equal(first.GetProperty("id").GetString(), last.GetProperty("id").GetString());
        Assert.Equal(1, last.GetProperty("output").GetArrayLength());
    }

    [Fact]
    public async Task The_same_put_twice_is_one_prediction_and_another_body_is_a_conflict()
    {
        var path = $"/predictions/{Guid.NewGuid():N}";
        var (one, two) = (Send(HttpMethod.Put, path, $$"""{"input":{{Input}}}"""), Send(HttpMethod.Put, path, $$"""{"input":{{Input}}}"""));
        using var first = await one;
        using var second = await two;
        using var other = await Send(HttpMethod.Put, path, """{"input":{"prompt":"another"}}""");
        var (a, b) = (await Json(first), await Json(second));

        Assert.Equal(a.GetRawText(), b.GetRawText());
        Assert.Equal("succeeded", a.GetProperty("status").GetString());
        Assert.Equal((HttpStatusCode.Conflict, "prediction_conflict"), (other.StatusCode, (await Json(other)).GetProperty("code").GetString()));
    }

    [Fact]
    public async Task A_cancelled_prediction_stops_in_the_middle()
    {
        using var accepted = await Send(HttpMethod.Post, "/predictions", Long, prefer: "respond-async");
        var path = accepted.Headers.Location!.ToString();
        await Until(path, answer => answer.TryGetProperty("progress", out _));

        using var cancelled = await Send(HttpMethod.Post, $"{path}/cancel", "{}");
        var answer = await Json(cancelled);

        Assert.Equal((HttpStatusCode.OK, "canceled"), (cancelled.StatusCode, answer.GetProperty("status").GetString()));
        Assert.InRange(answer.GetProperty("progress").GetProperty("step").GetInt32(), 1, 49);
        Assert.False(answer.TryGetProperty("output", out _));
    }

    [Fact]
    public async Task A_stream_tells_start_every_step_with_previews_the_output_and_the_end()
    {
        using var response = await Send(HttpMethod.Post, "/predictions", $$"""{"preview_every":3,"input":{{Input}}}""", accept: "text/event-stream");
        var events = Events(await response.Content.ReadAsStringAsync(Now));

        Assert.Equal("text/event-stream", response.Content.Headers.ContentType!.MediaType);
        Assert.Equal(["start", "output", "done"], events.Select(e => e.Name).Where(name => name != "progress"));
        var progress = events.Where(e => e.Name == "progress").Select(e => e.Data).ToArray();
        Assert.NotEmpty(progress);
        Assert.Equal(progress.Select(p => p.GetProperty("step").GetInt32()).Order(), progress.Select(p => p.GetProperty("step").GetInt32()));
        var previews = progress.Where(p => p.TryGetProperty("preview", out _)).Select(p => p.GetProperty("preview").GetString()).ToArray();
        Assert.NotEmpty(previews);
        Assert.Equal(previews.Length, previews.Distinct().Count());
        Assert.All(previews, preview => Assert.StartsWith("data:image/jpeg;base64,", preview, StringComparison.Ordinal));
        Assert.Equal(1, events[^2].Data.GetProperty("output").GetArrayLength());
    }

    [Fact]
    public async Task A_stream_of_an_ended_prediction_tells_how_it_ended()
    {
        using var made = await Send(HttpMethod.Post, "/predictions", $$"""{"input":{{Input}}}""");
        using var response = await Send(HttpMethod.Get, made.Headers.Location!.ToString(), null, accept: "text/event-stream");

        Assert.Equal(["start", "output", "done"], Events(await response.Content.ReadAsStringAsync(Now)).Select(e => e.Name));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("text/event-stream")]
    public async Task A_client_that_leaves_its_post_stops_the_work(string? accept)
    {
        using var leave = CancellationTokenSource.CreateLinkedTokenSource(Now);
        await using var own = await RunningEndpoint.StartAsync(new EndpointOptions { Threads = 1 });
        var lane = own.Services.GetRequiredService<WorkLanes>().Images;
        using var request = Request(HttpMethod.Post, "/predictions", Long, null, accept);
        var sent = own.Client.SendAsync(request, HttpCompletionOption.ResponseContentRead, leave.Token);
        while (lane.Running == 0) await Task.Yield();

        await leave.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sent);
        while (lane.Inside > 0) await Task.Yield();
        Assert.Equal(0, lane.Running);
    }

    [Fact]
    public async Task Time_that_runs_out_fails_the_prediction()
    {
        // One of its own: behind others, so short a time is refused before any work.
        await using var own = await RunningEndpoint.StartAsync(new EndpointOptions { Threads = 1 });
        var (status, answer) = await own.PostAsync("/predictions", Long.Replace("{\"input\"", "{\"timeout\":0.001,\"input\"", StringComparison.Ordinal));

        Assert.Equal((504, "failed"), ((int)status, answer.GetProperty("status").GetString()));
        Assert.Equal("timeout", answer.GetProperty("error").GetProperty("code").GetString());
    }

    [Theory]
    [InlineData("POST", "/predictions", "{}", 400, "request_invalid")]
    [InlineData("POST", "/predictions", """{"input":7}""", 400, "request_invalid")]
    [InlineData("POST", "/predictions", """{"input":{"prompt":"a"},"priority":11}""", 400, "priority_out_of_range")]
    [InlineData("POST", "/predictions", """{"input":{"prompt":"a","model_name":"none"}}""", 400, "model_unknown")]
    [InlineData("PUT", "/predictions/a%20b", """{"input":{"prompt":"a"}}""", 400, "id_invalid")]
    [InlineData("GET", "/predictions/none", null, 404, "prediction_unknown")]
    [InlineData("POST", "/predictions/none/cancel", "{}", 404, "prediction_unknown")]
    public async Task What_can_not_be_is_refused(string method, string path, string? body, int status, string code)
    {
        using var response = await Send(new HttpMethod(method), path, body);

        Assert.Equal((status, code), ((int)response.StatusCode, (await Json(response)).GetProperty("code").GetString()));
    }

    private static HttpRequestMessage Request(HttpMethod method, string path, string? body, string? prefer, string? accept)
    {
        var request = new HttpRequestMessage(method, path);
        if (body is not null) request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        if (prefer is not null) request.Headers.Add("Prefer", prefer);
        if (accept is not null) request.Headers.Add("Accept", accept);
        return request;
    }

    private static Task<JsonElement> Json(HttpResponseMessage response) => response.Content.ReadFromJsonAsync<JsonElement>(Now);

    private static List<(string Name, JsonElement Data)> Events(string text) =>
    [
        .. text.Split("\n\n", StringSplitOptions.RemoveEmptyEntries).Select(block => block.Split('\n')).Select(lines =>
            (lines[0]["event: ".Length..], JsonDocument.Parse(lines[1]["data: ".Length..]).RootElement)),
    ];

    private async Task<HttpResponseMessage> Send(HttpMethod method, string path, string? body, string? prefer = null, string? accept = null)
    {
        using var request = Request(method, path, body, prefer, accept);
        return await endpoint.Client.SendAsync(request, Now);
    }

    private async Task<JsonElement> Until(string path, Func<JsonElement, bool> wanted)
    {
        while (true)
        {
            var answer = await endpoint.Client.GetFromJsonAsync<JsonElement>(path, Now);
            if (wanted(answer)) return answer;
        }
    }
}
