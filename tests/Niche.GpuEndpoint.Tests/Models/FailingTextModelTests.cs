using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Niche.Inference.Models;
using Niche.TinyModels;
using Niche.TinyModels.Text;

namespace Niche.GpuEndpoint.Tests.Models;

/// <summary>Language models that cannot work, and one that fails at a certain word: each is told of, and the endpoint stays up.</summary>
public sealed class FailingTextModelTests : IDisposable
{
    private static readonly CancellationToken Now = TestContext.Current.CancellationToken;
    private readonly string _root = Directory.CreateTempSubdirectory("niche-failing-").FullName;

    [Fact]
    public async Task Numbers_that_are_not_finite_answer_their_own_request_and_no_other()
    {
        TinyText.Write(Path.Combine(_root, "models", "llama"), TinyTextForm.Llama with { Poison = '!' });
        await using var endpoint = await StartAsync();
        // The end token and the poisoned one are barred, so that every text is of ten tokens.
        string Body(string prompt, int seed) => $$$"""{"model":"tiny-llama","prompt":"{{{prompt}}}","seed":{{{seed}}},"max_tokens":10,"min_tokens":10,"logit_bias":{"33":-100}}""";
        var good = Enumerable.Range(0, 6).Select(seed => endpoint.PostAsync("/generate", Body("a red", seed))).ToArray();
        var bad = Enumerable.Range(0, 3).Select(seed => endpoint.PostAsync("/generate", Body("what!", seed))).ToArray();

        foreach (var (status, problem) in await Task.WhenAll(bad))
            Assert.Equal((HttpStatusCode.InternalServerError, "logits_not_finite"), (status, problem.GetProperty("code").GetString()));
        foreach (var (status, answer) in await Task.WhenAll(good))
        {
            Assert.Equal(HttpStatusCode.OK, status);
            Assert.Equal(10, answer.GetProperty("prompt_output").GetProperty("usage").GetProperty("completion_tokens").GetInt32());
        }
        Assert.Equal("logits_not_finite", (await endpoint.PostAsync("/check", """{"model":"tiny-llama","prompt":"a","text":"b!c"}""")).Body.GetProperty("code").GetString());
        Assert.Equal(HttpStatusCode.OK, (await endpoint.Client.GetAsync("/health/ready", Now)).StatusCode);
    }

    [Fact]
    public async Task A_stream_that_breaks_off_says_why_and_has_no_end_mark()
    {
        TinyText.Write(Path.Combine(_root, "models", "llama"), TinyTextForm.Llama with { Poison = '!' });
        await using var endpoint = await StartAsync();

        // The first token is the poisoned word itself.
        foreach (var path in new[] { "/generate", "/v1/completions" })
        {
            using var response = await endpoint.Client.PostAsync(path, JsonContent.Create(new
            {
                model = "tiny-llama", prompt = "a", max_tokens = 10, stream = true, logit_bias = new Dictionary<string, int> { ["33"] = 100 },
            }), Now);
            var events = (await response.Content.ReadAsStringAsync(Now)).Split("\n\n", StringSplitOptions.RemoveEmptyEntries);

            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            Assert.Equal(2, events.Length);
            Assert.Contains("\"text\":\"!\"", events[0], StringComparison.Ordinal);
            Assert.Equal("logits_not_finite", JsonDocument.Parse(events[1]["data: ".Length..]).RootElement.GetProperty("error").GetProperty("code").GetString());
        }
    }

    [Fact]
    public async Task A_prompt_of_a_hundred_thousand_characters_is_refused_at_once_whatever_the_model_says_of_its_context()
    {
        TinyText.Write(Path.Combine(_root, "models", "llama"), TinyTextForm.Llama);
        await using var endpoint = await StartAsync();

        var (status, problem) = await endpoint.PostAsync("/generate", $$"""{"model":"tiny-llama","prompt":"{{new string('x', 100_000)}}"}""");

        Assert.Equal((HttpStatusCode.BadRequest, "prompt_too_long"), (status, problem.GetProperty("code").GetString()));
    }

    [Theory]
    [InlineData("\"num_hidden_layers\":2", "\"num_hidden_layers\":3", "graph_invalid")]
    [InlineData("\"vocab_size\":272", "\"vocab_size\":true", "config_invalid")]
    [InlineData("", "", "file_missing")]
    public async Task A_model_that_does_not_fit_together_is_refused_while_the_others_go_on(string part, string change, string code)
    {
        TinyText.Write(Path.Combine(_root, "models", "llama"), TinyTextForm.Llama);
        await using var endpoint = await StartAsync();
        var config = await File.ReadAllTextAsync(Path.Combine(_root, "models", "llama", "config.json"), Now);
        var path = Path.Combine(_root, "coming");
        // Without a change the tokenizer is missing.
        if (part.Length > 0) TinyText.Write(path, TinyTextForm.Qwen, folder => folder.Add("config.json", config.Replace(part, change, StringComparison.Ordinal)));
        else new TinyFolder(path).Add("config.json", config).Add("model.onnx", TinyTextGraph.Build(TinyTextForm.Qwen)).Finish("tiny-qwen2", "text", "");

        var (status, _) = await endpoint.PostAsync("/models", JsonSerializer.Serialize(new { path }));
        Assert.Equal(HttpStatusCode.Accepted, status);
        JsonElement pending;
        do pending = (await endpoint.Client.GetFromJsonAsync<JsonElement>("/models", Now)).GetProperty("pending").EnumerateArray().Single();
        while (pending.GetProperty("status").GetString() == "loading");

        Assert.Equal(("failed", code), (pending.GetProperty("status").GetString(), pending.GetProperty("code").GetString()));
        Assert.Equal(HttpStatusCode.OK, (await endpoint.PostAsync("/generate", """{"model":"tiny-llama","prompt":"a","max_tokens":3}""")).Status);
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    private Task<RunningEndpoint> StartAsync() => RunningEndpoint.StartAsync(
        new EndpointOptions { Threads = 1, ModelsDirectory = Path.Combine(_root, "models"), Only = [ModelKind.Text] });
}
