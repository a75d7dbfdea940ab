using System.Net;
using System.Text;
using CsCheck;
using Microsoft.AspNetCore.Http;

namespace Niche.GpuEndpoint.Tests.Upstream;

/// <summary>Servers that answer nonsense, too much, or half: always a typed error, never a broken endpoint.</summary>
public sealed class HostileServerTests
{
    private const string Plain = """{"model":"far","prompt":"a","logprobs":2""";
    private const string Chat = """{"model":"far","messages":[{"role":"user","content":"a"}],"logprobs":true,"top_logprobs":2""";
    private static readonly string[] Splices = ["", "null", "{", "}", "\"", "[]", "-1", "1e999", "\n\n", "data: ", "[DONE]", "\u0000", "NaN", "\\ud800", "true", "{\"error\":{\"message\":\"x\"}}"];

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Any_change_of_an_answer_is_read_or_refused(bool vllm)
    {
        await using var both = await PassedThrough.StartAsync(vllm);
        var asked = new[] { ("/v1/completions", Plain, false), ("/v1/completions", Plain, true), ("/v1/chat/completions", Chat, false), ("/v1/chat/completions", Chat, true) };
        var answers = new List<(string Type, byte[] Body)>();
        foreach (var (path, body, stream) in asked) answers.Add(await Recorded(both.Server, path, body, stream));
        (string Type, byte[] Body) next = answers[0];
        both.Server.Instead = async context =>
        {
            if (context.Request.Path == "/v1/models") return false;
            context.Response.ContentType = next.Type;
            await context.Response.Body.WriteAsync(next.Body);
            return true;
        };
        await Gen.Select(Gen.Int[0, 3], Gen.Int[0, 100_000], Gen.Int[0, 30], Gen.Int[0, Splices.Length - 1]).SampleAsync(async (which, place, cut, put) =>
        {
            var (path, body, stream) = asked[which];
            var (type, answer) = answers[which];
            var at = place % answer.Length;
            next = (type, [.. answer[..at], .. Encoding.UTF8.GetBytes(Splices[put]), .. answer[Math.Min(answer.Length, at + cut)..]]);
            try
            {
                var (status, said) = await AskAsync(both, path, $"{body},\"stream\":{(stream ? "true" : "false")}}}");
                Assert.True(status is HttpStatusCode.OK or HttpStatusCode.BadGateway, said);
            }
            catch (HttpRequestException)
            {
                // A stream that had begun ends without its end mark.
            }
        }, iter: 150, threads: 1);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_stream_that_comes_byte_by_byte_is_the_same_text(bool vllm)
    {
        await using var both = await PassedThrough.StartAsync(vllm);
        var (type, answer) = await Recorded(both.Server, "/v1/completions", Plain, stream: true);
        both.Server.Instead = async context =>
        {
            if (context.Request.Path == "/v1/models") return false;
            context.Response.ContentType = type;
            foreach (var one in answer)
            {
                await context.Response.Body.WriteAsync(new[] { one });
                await context.Response.Body.FlushAsync();
            }
            return true;
        };

        var (status, said) = await AskAsync(both, "/v1/completions", Plain + ",\"stream\":true}");

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Contains("thr\\u00E9e", said, StringComparison.Ordinal);
        Assert.EndsWith("data: [DONE]\n\n", said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("application/json", "x", 17 << 20, false)]
    [InlineData("text/event-stream", "x", 2 << 20, true)]
    [InlineData("text/event-stream", "data: x\n", 2 << 20, true)]
    public async Task An_endless_answer_is_cut_off(string type, string unit, int size, bool stream)
    {
        await using var both = await PassedThrough.StartAsync();
        var cut = new TaskCompletionSource();
        both.Server.Instead = async context =>
        {
            if (context.Request.Path == "/v1/models") return false;
            using var left = context.RequestAborted.Register(cut.SetResult);
            context.Response.ContentType = type;
            var block = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(unit, 8192 / unit.Length)));
            for (var sent = 0; sent < 4 * size && !context.RequestAborted.IsCancellationRequested; sent += block.Length) await context.Response.Body.WriteAsync(block);
            await cut.Task;
            return true;
        };

        var (status, said) = await AskAsync(both, "/v1/completions", $"{Plain},\"stream\":{(stream ? "true" : "false")}}}");

        Assert.True(status == HttpStatusCode.BadGateway, said);
        Assert.Contains("upstream_invalid", said, StringComparison.Ordinal);
        await cut.Task.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
    }

    [Theory]
    [InlineData("""data: {"error":{"message":"out of\u0007 memory","code":500}}""", "out of  memory")]
    [InlineData("""error: {"error":{"message":"slot gone"}}""", "slot gone")]
    public async Task A_failure_inside_of_a_stream_is_told(string line, string words)
    {
        await using var both = await PassedThrough.StartAsync();
        both.Server.Instead = async context =>
        {
            if (context.Request.Path == "/v1/models") return false;
            context.Response.ContentType = "text/event-stream";
            await context.Response.WriteAsync(line + "\n\n");
            return true;
        };

        var (status, said) = await AskAsync(both, "/v1/completions", Plain + ",\"stream\":true}");

        Assert.Equal(HttpStatusCode.BadGateway, status);
        Assert.Contains(words, said, StringComparison.Ordinal);
        Assert.Contains("upstream_failed", said, StringComparison.Ordinal);
    }

    private static async Task<(HttpStatusCode Status, string Said)> AskAsync(PassedThrough both, string path, string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await both.Endpoint.Client.PostAsync(path, content, TestContext.Current.CancellationToken);
        return (response.StatusCode, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    // What the stand-in says when it is asked as the endpoint asks.
    private static async Task<(string Type, byte[] Body)> Recorded(StandInServer server, string path, string body, bool stream)
    {
        using var client = new HttpClient();
        var asked = body.Replace("\"far\"", "\"tiny\"", StringComparison.Ordinal) + $",\"max_tokens\":4,\"stream\":{(stream ? "true" : "false")}}}";
        using var content = new StringContent(asked, Encoding.UTF8, "application/json");
        using var response = await client.PostAsync(server.Url + path, content, TestContext.Current.CancellationToken);
        Assert.True(response.IsSuccessStatusCode);
        return (response.Content.Headers.ContentType!.ToString(), await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
    }
}
