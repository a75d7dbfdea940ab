using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Niche.Inference.Models;

namespace Niche.GpuEndpoint.Tests.Upstream;

/// <summary>A model whose texts come from elsewhere, through every route that makes texts.</summary>
public sealed class PassThroughTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true, false)]
    [InlineData(true, true)]
    [InlineData(false, false)]
    [InlineData(false, true)]
    public async Task Texts_and_their_log_probabilities_are_the_servers(bool vllm, bool stream)
    {
        await using var both = await PassedThrough.StartAsync(vllm);
        foreach (var (path, body) in new[]
        {
            ("/v1/completions", $$$"""{"model":"far","prompt":"count","logprobs":2,"max_tokens":9,"seed":4294967294,"stop":["x"],"stream":{{{(stream ? "true" : "false")}}},"stream_options":{"include_usage":true}}"""),
            ("/v1/chat/completions", $$$"""{"model":"far","messages":[{"role":"user","content":"count"}],"logprobs":true,"top_logprobs":2,"max_tokens":9,"stream":{{{(stream ? "true" : "false")}}},"stream_options":{"include_usage":true}}"""),
        })
        {
            var answers = await Answers(both, path, body);
            var choices = answers.SelectMany(answer => answer.GetProperty("choices").EnumerateArray()).ToArray();
            var text = string.Concat(choices.Select(choice => choice.TryGetProperty("text", out var plain) ? plain.GetString()
                : choice.TryGetProperty("message", out var message) ? message.GetProperty("content").GetString() : choice.GetProperty("delta").GetProperty("content").GetString()));
            Assert.Equal("one two thr\u00e9e \U0001f680", text);
            Assert.Equal("stop", choices[^1].GetProperty("finish_reason").GetString());
            Assert.Equal("5 4 9", string.Join(' ', answers[^1].GetProperty("usage").EnumerateObject().Select(count => count.Value.GetInt32())));
            var logprobs = choices.Where(choice => choice.GetProperty("logprobs").ValueKind == JsonValueKind.Object).Select(choice => choice.GetProperty("logprobs")).ToArray();
            var values = logprobs.SelectMany(part => part.TryGetProperty("token_logprobs", out var list) ? list.EnumerateArray() : part.GetProperty("content").EnumerateArray().Select(token => token.GetProperty("logprob")));
            Assert.Equal(stream ? [-0.25, -0.25, -0.25, -0.25] : [-0.25, -0.5, -0.75, -1.0], values.Select(value => value.GetDouble()));
        }
        Assert.Equal("4294967294 9 x", $"{both.Server.Bodies[0].GetProperty("seed")} {both.Server.Bodies[0].GetProperty("max_tokens")} {both.Server.Bodies[0].GetProperty("stop")[0]}");
    }

    [Fact]
    public async Task The_stock_route_serves_it_too()
    {
        await using var both = await PassedThrough.StartAsync();

        var (status, answer) = await both.Endpoint.PostAsync("/generate", """{"model":"far","prompt":["count"],"max_tokens":2,"logprobs":1}""");

        Assert.True(status == HttpStatusCode.OK, answer.ToString());
        var choice = answer.GetProperty("prompt_output").GetProperty("choices")[0];
        Assert.Equal(("one two", "length"), (choice.GetProperty("text").GetString(), choice.GetProperty("finish_reason").GetString()));
    }

    [Theory]
    [InlineData(true, """{"top_k":5,"min_p":0.1,"min_tokens":2,"repetition_penalty":1.5,"presence_penalty":1,"frequency_penalty":-1,"logit_bias":{"7":-3}}""", null)]
    [InlineData(false, """{"top_k":5,"min_p":0.1,"repetition_penalty":1.5}""", null)]
    [InlineData(false, """{"min_tokens":2}""", "min_tokens")]
    [InlineData(false, """{"seed":4294967295}""", "seed")]
    public async Task A_rule_reaches_a_server_that_knows_it_and_is_refused_for_one_that_does_not(bool vllm, string rules, string? refused)
    {
        await using var both = await PassedThrough.StartAsync(vllm);

        var (status, answer) = await both.Endpoint.PostAsync("/v1/completions", """{"model":"far","prompt":"a",""" + rules[1..]);

        Assert.Equal(refused is null ? 200 : 501, (int)status);
        if (refused is null) Assert.Contains(vllm ? "repetition_penalty" : "repeat_penalty", both.Server.Bodies[^1].EnumerateObject().Select(field => field.Name));
        else Assert.Equal("not_supported", answer.GetProperty("error").GetProperty("code").GetString());
    }

    [Theory]
    [InlineData(429, "7", 429, "upstream_busy", "7")]
    [InlineData(503, null, 503, "upstream_busy", "1")]
    [InlineData(503, "99999999", 503, "upstream_busy", "3600")]
    [InlineData(401, null, 502, "upstream_denied", null)]
    [InlineData(400, null, 400, "upstream_refused", null)]
    [InlineData(500, null, 502, "upstream_failed", null)]
    [InlineData(302, null, 502, "upstream_invalid", null)]
    public async Task A_refusal_is_passed_on_in_our_words(int status, string? retryAfter, int expected, string code, string? wait)
    {
        await using var both = await PassedThrough.StartAsync();
        both.Server.Instead = async context =>
        {
            if (context.Request.Path == "/v1/models") return false;
            context.Response.StatusCode = status;
            if (retryAfter is not null) context.Response.Headers.RetryAfter = retryAfter;
            context.Response.Headers.Location = "/v1/models";
            await context.Response.WriteAsync("""{"error":{"message":"because\u0007"}}""");
            return true;
        };
        using var response = await both.Endpoint.Client.PostAsync("/v1/completions", Json("""{"model":"far","prompt":"a"}"""), Cancellation);
        var error = JsonDocument.Parse(await response.Content.ReadAsStringAsync(Cancellation)).RootElement.GetProperty("error");

        Assert.Equal((expected, code, wait), ((int)response.StatusCode, error.GetProperty("code").GetString(), response.Headers.RetryAfter?.ToString()));
        if (status == 400) Assert.EndsWith("because ", error.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Many_texts_are_asked_for_at_a_time()
    {
        await using var both = await PassedThrough.StartAsync();
        var (inside, all) = (0, new TaskCompletionSource());
        both.Server.Instead = async context =>
        {
            if (context.Request.Path == "/v1/models") return false;
            if (Interlocked.Increment(ref inside) == 5) all.SetResult();
            await all.Task;
            return false;
        };

        var answers = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => both.Endpoint.PostAsync("/v1/completions", """{"model":"far","prompt":"a"}""")));

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.OK, answer.Status));
    }

    [Fact]
    public async Task A_client_that_leaves_closes_the_connection_to_the_server()
    {
        await using var both = await PassedThrough.StartAsync();
        var (begun, left) = (new TaskCompletionSource(), new TaskCompletionSource());
        both.Server.Instead = async context =>
        {
            if (context.Request.Path == "/v1/models") return false;
            using var gone = context.RequestAborted.Register(left.SetResult);
            context.Response.ContentType = "text/event-stream";
            await context.Response.WriteAsync("""data: {"choices":[{"index":0,"text":"one","finish_reason":null}]}""" + "\n\n");
            await context.Response.Body.FlushAsync();
            begun.SetResult();
            await left.Task;
            return true;
        };
        using var leaving = new CancellationTokenSource();
        var asked = both.Endpoint.Client.PostAsync("/v1/completions", Json("""{"model":"far","prompt":"a"}"""), leaving.Token);
        await begun.Task.WaitAsync(Cancellation);
        await leaving.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asked);
        await left.Task.WaitAsync(TimeSpan.FromSeconds(60), Cancellation);
    }

    [Fact]
    public async Task A_server_that_falls_silent_is_given_up()
    {
        await using var both = await PassedThrough.StartAsync(more: ",\"silence\":1");
        both.Server.Instead = async context =>
        {
            if (context.Request.Path == "/v1/models") return false;
            await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
            return true;
        };

        var (status, answer) = await both.Endpoint.PostAsync("/v1/completions", """{"model":"far","prompt":"a"}""");

        Assert.Equal((504, "upstream_timeout"), ((int)status, answer.GetProperty("error").GetProperty("code").GetString()));
    }

    [Fact]
    public async Task The_model_is_not_ready_while_its_server_is_away()
    {
        await using var both = await PassedThrough.StartAsync();
        var loading = true;
        both.Server.Instead = async context =>
        {
            if (!loading) return false;
            context.Response.StatusCode = 503;
            await context.Response.WriteAsync("""{"error":{"code":503,"message":"Loading model","type":"unavailable_error"}}""");
            return true;
        };
        await both.UntilAsync(HttpStatusCode.ServiceUnavailable, "is not ready");
        using var response = await both.Endpoint.Client.PostAsync("/v1/completions", Json("""{"model":"far","prompt":"a"}"""), Cancellation);
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "5"), (response.StatusCode, response.Headers.RetryAfter?.ToString()));

        loading = false;
        await both.UntilAsync(HttpStatusCode.OK);
        Assert.Equal(HttpStatusCode.OK, (await both.Endpoint.PostAsync("/v1/completions", """{"model":"far","prompt":"a"}""")).Status);

        await both.Server.DisposeAsync();
        await both.UntilAsync(HttpStatusCode.ServiceUnavailable, "cannot be reached");
    }

    [Fact]
    public async Task The_key_comes_from_a_variable_and_a_missing_one_is_said()
    {
        var (name, key) = ($"FAR_{Guid.NewGuid():N}", "sk-very-secret");
        await using var both = await PassedThrough.StartAsync(more: $",\"apiKeyEnv\":\"{name}\"", prepare: server => server.Key = key, wait: false);
        await both.UntilAsync(HttpStatusCode.ServiceUnavailable, name);

        Environment.SetEnvironmentVariable(name, key);
        await both.UntilAsync(HttpStatusCode.OK);
        Assert.Equal(HttpStatusCode.OK, (await both.Endpoint.PostAsync("/v1/completions", """{"model":"far","prompt":"a"}""")).Status);
    }

    [Fact]
    public async Task The_key_and_the_prompt_never_reach_the_log()
    {
        var (name, key) = ($"FAR_{Guid.NewGuid():N}", "sk-zanzibar-secret");
        Environment.SetEnvironmentVariable(name, key);
        using var log = new LogCollector();
        await using var both = await PassedThrough.StartAsync(more: $",\"apiKeyEnv\":\"{name}\"", prepare: server => server.Key = key,
            services: services => services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(log)));
        await both.Endpoint.PostAsync("/v1/completions", """{"model":"far","prompt":"zanzibar"}""");
        both.Server.Key = "another";
        await both.UntilAsync(HttpStatusCode.ServiceUnavailable);
        var (status, answer) = await both.Endpoint.PostAsync("/v1/completions", """{"model":"far","prompt":"zanzibar"}""");

        Assert.Equal(503, (int)status);
        Assert.DoesNotContain("zanzibar", answer.ToString(), StringComparison.Ordinal);
        Assert.Contains(log.Lines, line => line.Contains("is away", StringComparison.Ordinal));
        Assert.DoesNotContain(log.Lines, line => line.Contains("zanzibar", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_given_text_is_judged_by_the_log_probabilities_of_a_prompt()
    {
        await using var both = await PassedThrough.StartAsync();

        var (status, answer) = await both.Endpoint.PostAsync("/check", """{"model":"far","prompt":"ab","text":"cd"}""");

        Assert.True(status == HttpStatusCode.OK, answer.ToString());
        Assert.Equal(3, answer.GetProperty("prompt_tokens").GetInt32());
        Assert.Equal(["c 5 -4.5", "d 6 -5.5"], answer.GetProperty("tokens").EnumerateArray().Select(token =>
            $"{token.GetProperty("text").GetString()} {token.GetProperty("rank").GetInt32()} {token.GetProperty("logprob").GetDouble().ToString(System.Globalization.CultureInfo.InvariantCulture)}"));
        var ids = string.Join(' ', both.Server.Bodies[^1].GetProperty("prompt").EnumerateArray());
        Assert.Equal(string.Join(' ', StandInServer.Ids("abcd", start: true)), ids);
    }

    [Fact]
    public async Task A_server_that_cannot_judge_says_so()
    {
        await using var both = await PassedThrough.StartAsync(vllm: false);

        var (status, answer) = await both.Endpoint.PostAsync("/check", """{"model":"far","prompt":"ab","text":"cd"}""");

        Assert.Equal((501, "not_supported"), ((int)status, answer.GetProperty("code").GetString()));
    }

    [Theory]
    [InlineData("ftp://x")]
    [InlineData("http://user:key@127.0.0.1")]
    [InlineData("not an address")]
    public void A_manifest_with_an_address_that_is_none_is_refused(string url)
    {
        using var models = new TextModels().AddManifest("far", PassedThrough.Manifest(url, ""));

        Assert.Equal("manifest_invalid", Assert.Throws<ModelFolderException>(() => ModelFolder.Open(Path.Combine(models.Root, "far"))).Code);
    }

    private static StringContent Json(string body) => new(body, Encoding.UTF8, "application/json");

    // The answer, or the chunks of a streamed one.
    private static async Task<JsonElement[]> Answers(PassedThrough both, string path, string body)
    {
        using var response = await both.Endpoint.Client.PostAsync(path, Json(body), Cancellation);
        var text = await response.Content.ReadAsStringAsync(Cancellation);
        Assert.True(response.IsSuccessStatusCode, text);
        if (response.Content.Headers.ContentType!.MediaType == "application/json") return [JsonDocument.Parse(text).RootElement];
        var data = text.Split('\n').Where(line => line.StartsWith("data: ", StringComparison.Ordinal)).Select(line => line[6..]).ToArray();
        Assert.Equal("[DONE]", data[^1]);
        return [.. data[..^1].Select(line => JsonDocument.Parse(line).RootElement)];
    }
}
