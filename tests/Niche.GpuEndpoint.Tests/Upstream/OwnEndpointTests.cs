using System.Net;
using System.Text.Json;

namespace Niche.GpuEndpoint.Tests.Upstream;

/// <summary>One endpoint behind another: what the first says, the second says too.</summary>
public sealed class OwnEndpointTests : IAsyncLifetime
{
    private readonly TextModels _near = new TextModels().Add("tiny", "{% for m in messages %}{{ m.content }}{% endfor %}");
    private readonly TextModels _far = new();
    private RunningEndpoint _first = null!;
    private RunningEndpoint _second = null!;

    public async ValueTask InitializeAsync()
    {
        _first = await RunningEndpoint.StartAsync(new EndpointOptions { Threads = 1, ModelsDirectory = _near.Root });
        _far.AddManifest("far", PassedThrough.Manifest(_first.Client.BaseAddress!.ToString(), ""));
        _second = await RunningEndpoint.StartAsync(new EndpointOptions { Threads = 1, ModelsDirectory = _far.Root, UpstreamWatch = TimeSpan.FromMilliseconds(50) });
        while ((await _second.Client.GetAsync("/health/model/far", TestContext.Current.CancellationToken)).StatusCode != HttpStatusCode.OK) await Task.Delay(20, TestContext.Current.CancellationToken);
    }

    [Theory]
    [InlineData("/v1/completions", """{"model":"*","prompt":"a red","seed":7,"max_tokens":12,"logprobs":3,"top_k":20,"repetition_penalty":1.1}""", "choices")]
    [InlineData("/v1/chat/completions", """{"model":"*","messages":[{"role":"user","content":"a red"}],"seed":7,"max_tokens":12,"logprobs":true,"top_logprobs":3}""", "choices")]
    [InlineData("/v1/completions", """{"model":"*","prompt":"a red","seed":7,"max_tokens":12,"min_tokens":12}""", "usage")]
    [InlineData("/check", """{"model":"*","prompt":"a red","text":" house in the mountains"}""", "tokens")]
    [InlineData("/check", """{"model":"*","prompt":"a red","tokens":[5,6,7]}""", "tokens")]
    [InlineData("/check", """{"model":"*","prompt":"a red","tokens":[5,6,7],"seed":7,"temperature":0.8,"top_k":20,"top_p":0.9,"repetition_penalty":1.1,"logit_bias":{"5":2},"ended":true}""", "tokens")]
    [InlineData("/check", """{"model":"*","prompt":"a red","text":" house","seed":7,"min_p":0.1,"presence_penalty":0.5,"min_tokens":2}""", "tokens")]
    public async Task Both_say_the_same(string path, string body, string part)
    {
        var (status, here) = await _first.PostAsync(path, body.Replace("*", "tiny", StringComparison.Ordinal));
        var (_, there) = await _second.PostAsync(path, body.Replace("*", "far", StringComparison.Ordinal));

        Assert.True(status == HttpStatusCode.OK, here.ToString());
        Assert.True(JsonElement.DeepEquals(here.GetProperty(part), there.GetProperty(part)), $"{here}\n{there}");
    }

    [Fact]
    public async Task Both_stream_the_same_text()
    {
        const string Body = """{"model":"*","prompt":"a red","seed":7,"max_tokens":12,"stream":true}""";

        Assert.Equal(await StreamAsync(_first, Body.Replace("*", "tiny", StringComparison.Ordinal)), await StreamAsync(_second, Body.Replace("*", "far", StringComparison.Ordinal)));
    }

    public async ValueTask DisposeAsync()
    {
        await _second.DisposeAsync();
        await _first.DisposeAsync();
        _near.Dispose();
        _far.Dispose();
    }

    private static async Task<string> StreamAsync(RunningEndpoint endpoint, string body)
    {
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        using var response = await endpoint.Client.PostAsync("/v1/completions", content, TestContext.Current.CancellationToken);
        var lines = (await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).Split('\n').Where(line => line.StartsWith("data: {", StringComparison.Ordinal)).ToArray();
        Assert.NotEmpty(lines);
        return string.Concat(lines.Select(line => JsonDocument.Parse(line[6..]).RootElement.GetProperty("choices")[0].GetProperty("text").GetString()));
    }
}
