using System.Net;
using System.Text;
using System.Text.Json;

namespace Niche.GpuEndpoint.Tests.Routes;

public sealed class GenerateTextTests(RunningEndpoint endpoint)
{
    private const string Stock = """{"model":"niche-prompt-lm","prompt":["a red"],"seed":3,"max_tokens":12,"temperature":0.9,"top_p":1,"logprobs":2,"timeout":12}""";

    [Fact]
    public async Task The_stock_body_gets_a_completion()
    {
        var (status, answer) = await endpoint.PostAsync("/generate", Stock);

        Assert.Equal(HttpStatusCode.OK, status);
        var output = answer.GetProperty("prompt_output");
        Assert.Equal(("text_completion", "niche-prompt-lm"), (output.GetProperty("object").GetString(),
            output.GetProperty("model").GetString()));
        var choice = output.GetProperty("choices")[0];
        Assert.Contains(choice.GetProperty("finish_reason").GetString(), new[] { "stop", "length" });
        var usage = output.GetProperty("usage");
        Assert.Equal(usage.GetProperty("total_tokens").GetInt32(),
            usage.GetProperty("prompt_tokens").GetInt32() + usage.GetProperty("completion_tokens").GetInt32());
    }

    [Fact]
    public async Task Log_probabilities_line_up_with_the_text()
    {
        var choice = (await endpoint.PostAsync("/generate", Stock)).Body.GetProperty("prompt_output").GetProperty("choices")[0];

        var text = choice.GetProperty("text").GetString()!;
        var logprobs = choice.GetProperty("logprobs");
        var tokens = logprobs.GetProperty("tokens").EnumerateArray().Select(t => t.GetString()!).ToArray();
        Assert.Equal(text, string.Concat(tokens));
        for (var i = 0; i < tokens.Length; i++)
        {
            Assert.StartsWith(tokens[i], text[logprobs.GetProperty("text_offset")[i].GetInt32()..], StringComparison.Ordinal);
            var top = logprobs.GetProperty("top_logprobs")[i];
            Assert.InRange(top.EnumerateObject().Count(), 2, 3);
            Assert.Equal(logprobs.GetProperty("token_logprobs")[i].GetDouble(), top.GetProperty(tokens[i]).GetDouble());
        }
    }

    [Fact]
    public async Task Both_forms_of_the_prompt_and_the_model_name_mean_the_same()
    {
        var text = await Text(Stock);

        Assert.Equal(text, await Text(Stock.Replace("\"prompt\":[\"a red\"]", "\"prompt_input\":\"a red\"", StringComparison.Ordinal)));
        Assert.Equal(text, await Text(Stock.Replace("\"model\"", "\"model_name\"", StringComparison.Ordinal).Replace("[\"a red\"]",
            "\"a red\"", StringComparison.Ordinal)));
        Assert.NotEqual(text, await Text(Stock.Replace("\"seed\":3", "\"seed\":4", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_stop_string_is_honoured()
    {
        var text = await Text(Stock);
        var stop = text.Substring(text.Length / 2, 3);

        var stopped = await Text(Stock.Replace("\"timeout\"", $"\"stop\":{JsonSerializer.Serialize(stop)},\"timeout\"",
            StringComparison.Ordinal));

        Assert.Equal(text[..text.IndexOf(stop, StringComparison.Ordinal)], stopped);
    }

    [Fact]
    public async Task Every_rule_of_sampling_reaches_the_model()
    {
        var greedy = Stock.Replace("0.9", "0", StringComparison.Ordinal);
        var text = await Text(greedy);
        foreach (var rule in new[] { "\"repetition_penalty\":5", "\"presence_penalty\":2", "\"frequency_penalty\":2", "\"logit_bias\":{\"263\":-100}" })
            Assert.NotEqual(text, await Text(With(greedy, rule)));
        Assert.NotEqual(text, await Text(Stock));
        Assert.Equal(text, await Text(With(Stock, "\"min_p\":1")));
        Assert.Equal(text, await Text(With(Stock, "\"top_k\":1")));
    }

    [Fact]
    public async Task The_chat_form_of_log_probabilities_is_understood()
    {
        var (_, answer) = await endpoint.PostAsync("/generate", Stock.Replace("\"logprobs\":2", "\"logprobs\":true,\"top_logprobs\":4", StringComparison.Ordinal));

        var places = answer.GetProperty("prompt_output").GetProperty("choices")[0].GetProperty("logprobs").GetProperty("top_logprobs");
        Assert.All(places.EnumerateArray(), place => Assert.InRange(place.EnumerateObject().Count(), 4, 5));
    }

    [Fact]
    public async Task A_stream_brings_the_same_text_in_chunks_and_ends_with_done()
    {
        using var content = new StringContent(Stock.Replace("\"timeout\"", "\"stream\":true,\"timeout\"", StringComparison.Ordinal),
            Encoding.UTF8);
        using var response = await endpoint.Client.PostAsync("/generate", content, TestContext.Current.CancellationToken);
        var events = (await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).Split("\n\n",
            StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal("text/event-stream", response.Content.Headers.ContentType!.MediaType);
        Assert.All(events, e => Assert.StartsWith("data: ", e, StringComparison.Ordinal));
        Assert.Equal("data: [DONE]", events[^1]);
        var choices = events[..^1].Select(e => JsonDocument.Parse(e[6..]).RootElement.GetProperty("choices")[0]).ToArray();
        Assert.True(choices.Length > 3);
        Assert.Equal(await Text(Stock), string.Concat(choices.Select(c => c.GetProperty("text").GetString())));
        Assert.All(choices[..^1], c => Assert.Equal(JsonValueKind.Null, c.GetProperty("finish_reason").ValueKind));
        Assert.Equal(JsonValueKind.String, choices[^1].GetProperty("finish_reason").ValueKind);
    }

    private static string With(string body, string field) => $"{body[..^1]},{field}}}";

    private async Task<string> Text(string body)
    {
        var (status, answer) = await endpoint.PostAsync("/generate", body);
        Assert.True(status == HttpStatusCode.OK, answer.ToString());
        return answer.GetProperty("prompt_output").GetProperty("choices")[0].GetProperty("text").GetString()!;
    }
}
