using System.Net;
using System.Text;
using System.Text.Json;
using CsCheck;

namespace Niche.GpuEndpoint.Tests.Routes;

public sealed class BadInputTests(RunningEndpoint endpoint)
{
    public static TheoryData<string, string> Images() => new()
    {
        { """{"seed":1}""", "prompt_missing" },
        { """{"prompt":5}""", "field_type" },
        { $$"""{"prompt":"{{new string('x', 2001)}}"}""", "prompt_too_long" },
        { """{"prompt":"a","model_name":"sdxl"}""", "model_unknown" },
        { """{"prompt":"a","model_name":"niche-clip"}""", "model_unknown" },
        { """{"prompt":"a","seed":-1}""", "seed_out_of_range" },
        { """{"prompt":"a","seed":4294967296}""", "seed_out_of_range" },
        { """{"prompt":"a","seed":1e300}""", "seed_out_of_range" },
        { """{"prompt":"a","seed":1.5}""", "seed_out_of_range" },
        { """{"prompt":"a","seed":"7"}""", "field_type" },
        { """{"prompt":"a","pipeline_type":"upscale"}""", "pipeline_unsupported" },
        { """{"prompt":"a","pipeline_type":"img2img"}""", "conditional_image_missing" },
        { """{"prompt":"a","pipeline_type":"img2img","conditional_image":"%%%"}""", "request_invalid" },
        { """{"prompt":"a","pipeline_params":{"clip_skip":13}}""", "clip_skip_out_of_range" },
        { """{"prompt":"a","pipeline_params":{"guidance_rescale":2}}""", "guidance_rescale_out_of_range" },
        { """{"prompt":"a","pipeline_params":{"weighted_prompt":1}}""", "field_type" },
        { """{"prompt":"a","conditional_image":"AAAA"}""", "conditional_image_unsupported" },
        { """{"prompt":"a","pipeline_params":[]}""", "field_type" },
        { """{"prompt":"a","pipeline_params":{"width":100}}""", "size_not_allowed" },
        { """{"prompt":"a","pipeline_params":{"width":1024,"height":1024}}""", "size_not_allowed" },
        { """{"prompt":"a","pipeline_params":{"num_inference_steps":0}}""", "steps_out_of_range" },
        { """{"prompt":"a","pipeline_params":{"num_inference_steps":51}}""", "steps_out_of_range" },
        { """{"prompt":"a","pipeline_params":{"guidance_scale":0.5}}""", "guidance_out_of_range" },
        { """{"prompt":"a","pipeline_params":{"guidance_scale":1e9}}""", "guidance_out_of_range" },
        { """{"prompt":"a","pipeline_params":{"guidance_scale":true}}""", "field_type" },
        { $$$"""{"prompt":"a","pipeline_params":{"negative_prompt":"{{{new string('x', 2001)}}}"}}""", "prompt_too_long" },
        { """{"prompt":"a","pipeline_params":{"image_format":"TIFF"}}""", "image_format_unsupported" },
        { """{"prompt":"a","timeout":-3}""", "timeout_out_of_range" },
    };

    public static TheoryData<string, string> Texts() => new()
    {
        { """{"model":"llama","prompt":["a"]}""", "model_unknown" },
        { """{"model":"niche-prompt-lm"}""", "prompt_missing" },
        { """{"model":"niche-prompt-lm","prompt":["a","b"]}""", "field_type" },
        { """{"model":"niche-prompt-lm","prompt":[]}""", "field_type" },
        { $$"""{"model":"niche-prompt-lm","prompt":["{{new string('x', 2001)}}"]}""", "prompt_too_long" },
        { $$"""{"model":"niche-prompt-lm","prompt":["{{new string('q', 300)}}"]}""", "prompt_too_long" },
        { """{"model":"niche-prompt-lm","prompt":"a","max_tokens":0}""", "max_tokens_out_of_range" },
        { """{"model":"niche-prompt-lm","prompt":"a","max_tokens":512}""", "max_tokens_out_of_range" },
        { """{"model":"niche-prompt-lm","prompt":"a","temperature":-1}""", "temperature_out_of_range" },
        { """{"model":"niche-prompt-lm","prompt":"a","top_p":0}""", "top_p_out_of_range" },
        { """{"model":"niche-prompt-lm","prompt":"a","top_k":-2}""", "top_k_out_of_range" },
        { """{"model":"niche-prompt-lm","prompt":"a","logprobs":1000}""", "logprobs_out_of_range" },
        { """{"model":"niche-prompt-lm","prompt":"a","stop":[""]}""", "stop_invalid" },
        { """{"model":"niche-prompt-lm","prompt":"a","stop":7}""", "stop_invalid" },
        { """{"model":"niche-prompt-lm","prompt":"a","stream":"yes"}""", "field_type" },
        { """{"model":"niche-prompt-lm","prompt":"a","min_p":1.1}""", "min_p_out_of_range" },
        { """{"model":"niche-prompt-lm","prompt":"a","repetition_penalty":0}""", "repetition_penalty_out_of_range" },
        { """{"model":"niche-prompt-lm","prompt":"a","presence_penalty":-2.5}""", "presence_penalty_out_of_range" },
        { """{"model":"niche-prompt-lm","prompt":"a","frequency_penalty":3}""", "frequency_penalty_out_of_range" },
        { """{"model":"niche-prompt-lm","prompt":"a","logprobs":true,"top_logprobs":101}""", "logprobs_out_of_range" },
        { """{"model":"niche-prompt-lm","prompt":"a","logit_bias":[1]}""", "logit_bias_invalid" },
        { """{"model":"niche-prompt-lm","prompt":"a","logit_bias":{"x":1}}""", "logit_bias_invalid" },
        { """{"model":"niche-prompt-lm","prompt":"a","logit_bias":{"5":101}}""", "logit_bias_invalid" },
        { """{"model":"niche-prompt-lm","prompt":"a","logit_bias":{"5":1e999}}""", "logit_bias_invalid" },
    };

    [Theory]
    [MemberData(nameof(Images))]
    [MemberData(nameof(Texts))]
    public async Task An_unacceptable_field_gets_400_with_its_code(string body, string code)
    {
        var (status, problem) = await endpoint.PostAsync("/generate", body);

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Equal(code, problem.GetProperty("code").GetString());
        Assert.False(string.IsNullOrWhiteSpace(problem.GetProperty("detail").GetString()));
        Assert.Equal(400, problem.GetProperty("status").GetInt32());
    }

    [Fact]
    public async Task All_errors_come_at_once_with_their_ranges()
    {
        var (_, problem) = await endpoint.PostAsync(
            "/generate", """{"prompt":"a","seed":-1,"pipeline_params":{"width":64,"num_inference_steps":999,"guidance_scale":0}}""");

        Assert.Equal("request_invalid", problem.GetProperty("code").GetString());
        var errors = problem.GetProperty("errors").EnumerateArray().ToDictionary(e => e.GetProperty("field").GetString()!);
        Assert.Equal(4, errors.Count);
        Assert.Equal((0, 4294967295), (errors["seed"].GetProperty("min").GetDouble(), errors["seed"].GetProperty("max").GetDouble()));
        Assert.Equal((1, 50), (Min(errors, "num_inference_steps"), Max(errors, "num_inference_steps")));
        Assert.Equal((1, 10), (Min(errors, "guidance_scale"), Max(errors, "guidance_scale")));
        Assert.Equal("128x128", errors["pipeline_params.width"].GetProperty("allowed")[0].GetString());
    }

    [Fact]
    public async Task An_unknown_model_is_told_the_known_ones()
    {
        var (_, problem) = await endpoint.PostAsync("/generate", """{"prompt":"a","model_name":"sdxl"}""");

        Assert.Equal("niche-scenes", problem.GetProperty("errors")[0].GetProperty("allowed")[0].GetString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("\"text\"")]
    [InlineData("{\"prompt\":\"a\"} trailing")]
    [InlineData("{\"prompt\":\"a\",\"\\ud800romp\":1}")]
    [InlineData("{\"prompt\":\"a\",\"pipeline_params\":{\"\\udc00\":1}}")]
    public async Task What_is_no_json_object_gets_400(string body)
    {
        foreach (var path in new[] { "/generate", "/features" })
        {
            var (status, problem) = await endpoint.PostAsync(path, body);
            Assert.Equal((HttpStatusCode.BadRequest, "json_invalid"), (status, problem.GetProperty("code").GetString()));
        }
    }

    [Fact]
    public async Task A_body_nested_a_thousand_deep_gets_400()
    {
        var (status, problem) = await endpoint.PostAsync("/generate", new string('[', 1000));

        Assert.Equal((400, "json_invalid"), ((int)status, problem.GetProperty("code").GetString()));
    }

    [Fact]
    public async Task A_body_above_12_megabytes_gets_413()
    {
        using var content = new ByteArrayContent(new byte[(12 << 20) + 1]);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/generate") { Content = content };
        request.Headers.ExpectContinue = true;
        using var response = await endpoint.Client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
    }

    [Fact]
    public async Task No_json_at_all_makes_the_server_fail()
    {
        string[] names = ["prompt", "seed", "model_name", "model", "pipeline_params", "stop", "logprobs", "max_tokens", "timeout",
            "stream", "min_p", "logit_bias", "repetition_penalty", "top_logprobs"];
        string[] values = ["null", "true", "-1", "1e999", "\"\"", "\"niche-prompt-lm\"", "[]", "[[]]", "{}", "{\"width\":null}",
            "[\"a\"]", "0.5", "\"\\ud800\""];
        var bodies = new List<string>();
        Gen.Select(Gen.Int[0, names.Length - 1], Gen.Int[0, values.Length - 1]).Array[0, 6]
            .Sample(pairs => { lock (bodies) bodies.Add($"{{{string.Join(',', pairs.Select(p => $"\"{names[p.Item1]}\":{values[p.Item2]}"))}}}"); }, iter: 150);

        foreach (var body in bodies)
        {
            using var content = new StringContent(body, Encoding.UTF8);
            using var response = await endpoint.Client.PostAsync("/generate", content, TestContext.Current.CancellationToken);
            Assert.True((int)response.StatusCode is 200 or 400 or 504, $"{(int)response.StatusCode} for {body}");
        }
    }

    private static double Min(Dictionary<string, JsonElement> errors, string name) =>
        errors[$"pipeline_params.{name}"].GetProperty("min").GetDouble();

    private static double Max(Dictionary<string, JsonElement> errors, string name) =>
        errors[$"pipeline_params.{name}"].GetProperty("max").GetDouble();
}
