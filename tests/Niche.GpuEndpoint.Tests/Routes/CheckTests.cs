using System.Net;
using System.Text;
using System.Text.Json;
using CsCheck;

namespace Niche.GpuEndpoint.Tests.Routes;

public sealed class CheckTests(RunningEndpoint endpoint)
{
    public static TheoryData<string, string> Bad() => new()
    {
        { """{"model":"llama","prompt":"a","text":"b"}""", "model_unknown" },
        { """{"model":"niche-prompt-lm","prompt":"a"}""", "text_missing" },
        { """{"model":"niche-prompt-lm","prompt":"a","text":"b","tokens":[1]}""", "text_missing" },
        { """{"model":"niche-prompt-lm","text":"b"}""", "prompt_missing" },
        { """{"model":"niche-prompt-lm","prompt":"a","text":""}""", "text_empty" },
        { """{"model":"niche-prompt-lm","prompt":"a","text":7}""", "field_type" },
        { """{"model":"niche-prompt-lm","prompt":"a","tokens":[]}""", "tokens_invalid" },
        { """{"model":"niche-prompt-lm","prompt":"a","tokens":[-1]}""", "tokens_invalid" },
        { """{"model":"niche-prompt-lm","prompt":"a","tokens":["1"]}""", "tokens_invalid" },
        { """{"model":"niche-prompt-lm","prompt":"a","tokens":[99999999999]}""", "tokens_invalid" },
        { """{"model":"niche-prompt-lm","prompt":"a","tokens":[833]}""", "token_unknown" },
        { """{"model":"niche-prompt-lm","prompt":"a","token_texts":["no such token"]}""", "token_unknown" },
        { """{"model":"niche-prompt-lm","prompt":"a","token_texts":[7]}""", "tokens_invalid" },
        { """{"model":"niche-prompt-lm","prompt":"a","token_texts":[""]}""", "tokens_invalid" },
        { """{"model":"niche-prompt-lm","prompt":"a","text":"b","token_texts":["a"]}""", "text_missing" },
        { """{"model":"niche-prompt-lm","prompt":"a","text":"b","ended":true}""", "seed_missing" },
        { """{"model":"niche-prompt-lm","prompt":"a","text":"b","seed":-1}""", "seed_out_of_range" },
        { """{"model":"niche-prompt-lm","prompt":"a","text":"b","seed":1,"temperature":9}""", "temperature_out_of_range" },
        { $$"""{"model":"niche-prompt-lm","prompt":"a","tokens":[{{string.Join(',', Enumerable.Repeat(5, 63))}}]}""", "prompt_too_long" },
        { $$"""{"model":"niche-prompt-lm","prompt":"a","text":"{{new string('x', 2001)}}"}""", "text_too_long" },
        { $$"""{"model":"niche-prompt-lm","prompt":"a","text":"{{new string('q', 500)}}"}""", "prompt_too_long" },
    };

    [Fact]
    public async Task A_text_that_was_made_here_is_found_again_with_its_log_probabilities()
    {
        var (_, made) = await endpoint.PostAsync("/generate", """{"model":"niche-prompt-lm","prompt":"a red","seed":3,"max_tokens":12,"temperature":0.9,"logprobs":0}""");
        var choice = made.GetProperty("prompt_output").GetProperty("choices")[0];
        var text = choice.GetProperty("text").GetString();

        var (status, check) = await endpoint.PostAsync("/check", $$"""{"model":"niche-prompt-lm","prompt":"a red","text":{{JsonSerializer.Serialize(text)}}}""");

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(1, check.GetProperty("runs").GetInt32());
        Assert.Equal(made.GetProperty("prompt_output").GetProperty("usage").GetProperty("prompt_tokens").GetInt32(), check.GetProperty("prompt_tokens").GetInt32());
        var tokens = check.GetProperty("tokens").EnumerateArray().ToArray();
        Assert.Equal(text, string.Concat(tokens.Select(token => token.GetProperty("text").GetString())));
        var logprobs = choice.GetProperty("logprobs").GetProperty("token_logprobs").EnumerateArray().Select(x => x.GetDouble()).ToArray();
        for (var i = 0; i < tokens.Length; i++) Assert.Equal(logprobs[i], tokens[i].GetProperty("logprob").GetDouble(), 1e-3);
        var ids = string.Join(',', tokens.Select(token => token.GetProperty("id").GetInt32()));
        var (_, again) = await endpoint.PostAsync("/check", $$"""{"model":"niche-prompt-lm","prompt":"a red","tokens":[{{ids}}]}""");
        Assert.Equal(check.GetRawText(), again.GetRawText());
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    public async Task With_a_seed_it_tells_whether_that_seed_drew_the_text(uint later, bool misses)
    {
        const string Rules = "\"temperature\":0.9,\"top_p\":0.95";
        var (_, made) = await endpoint.PostAsync("/generate", $$"""{"model":"niche-prompt-lm","prompt":"a red","seed":3,"max_tokens":40,{{Rules}},"logprobs":0}""");
        var choice = made.GetProperty("prompt_output").GetProperty("choices")[0];
        var texts = choice.GetProperty("logprobs").GetProperty("tokens").GetRawText();
        var ended = choice.GetProperty("finish_reason").GetString() == "stop";

        var (status, check) = await endpoint.PostAsync(
            "/check", $$"""{"model":"niche-prompt-lm","prompt":"a red","seed":{{3 + later}},{{Rules}},"token_texts":{{texts}},"ended":{{(ended ? "true" : "false")}}}""");

        Assert.Equal(HttpStatusCode.OK, status);
        var all = check.GetProperty("tokens").EnumerateArray().Select(token => token.GetProperty("miss").GetDouble()).ToArray();
        Assert.Equal(choice.GetProperty("logprobs").GetProperty("tokens").GetArrayLength() + (ended ? 1 : 0), all.Length);
        Assert.Equal(misses, all.Max() > 0.05);
    }

    [Theory]
    [MemberData(nameof(Bad))]
    public async Task What_cannot_be_checked_gets_400_with_its_code(string body, string code)
    {
        var (status, problem) = await endpoint.PostAsync("/check", body);

        Assert.Equal((HttpStatusCode.BadRequest, code), (status, problem.GetProperty("code").GetString()));
    }

    [Fact]
    public async Task No_json_at_all_makes_the_server_fail()
    {
        string[] names = ["prompt", "model", "text", "tokens", "token_texts", "seed", "ended", "top_p", "timeout"];
        string[] values = ["null", "true", "-1", "\"\"", "\"niche-prompt-lm\"", "[]", "[[]]", "{}", "[1,2]", "[1e9]", "\"a b\""];
        var bodies = new List<string>();
        Gen.Select(Gen.Int[0, names.Length - 1], Gen.Int[0, values.Length - 1]).Array[0, 6]
            .Sample(pairs => { lock (bodies) bodies.Add($"{{{string.Join(',', pairs.Select(p => $"\"{names[p.Item1]}\":{values[p.Item2]}"))}}}"); }, iter: 100);

        foreach (var body in bodies)
        {
            using var content = new StringContent(body, Encoding.UTF8);
            using var response = await endpoint.Client.PostAsync("/check", content, TestContext.Current.CancellationToken);
            Assert.True((int)response.StatusCode is 200 or 400 or 504, $"{(int)response.StatusCode} for {body}");
        }
    }
}
