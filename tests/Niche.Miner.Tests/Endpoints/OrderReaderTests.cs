using System.Text.Json;
using Niche.Miner.Tests.Rig;
using Niche.Miner.Work;
using Niche.Subnet.Policy;
using Niche.Subnet.Synapses;

namespace Niche.Miner.Tests.Endpoints;

public sealed class OrderReaderTests
{
    private static readonly OrderReader Reader = new(DefaultPolicy.Load());
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(12);

    public static TheoryData<string, string> BadParameters => new()
    {
        { """{"num_inference_steps":51}""", "'num_inference_steps' must be between 1 and 50." },
        { """{"num_inference_steps":0}""", "'num_inference_steps' must be between 1 and 50." },
        { """{"width":1537}""", "'width' must be between 1 and 1536." },
        { """{"height":-1}""", "'height' must be between 1 and 1536." },
        { """{"guidance_scale":99}""", "'guidance_scale' must be between 1 and 10." },
        { "[]", "'pipeline_params' must be an object." },
    };

    [Theory]
    [MemberData(nameof(BadParameters))]
    public void Parameters_out_of_range_are_named_with_their_range(string json, string words)
    {
        using var parameters = JsonDocument.Parse(json);

        var refusal = Assert.Throws<MinerWorkException>(() => Reader.Read(Ask.Image() with { PipelineParams = parameters.RootElement }, Timeout));

        Assert.Equal((400, words), (refusal.StatusCode, refusal.Message));
    }

    [Fact]
    public void Prompts_seeds_pipelines_and_pictures_are_bounded()
    {
        foreach (var bad in new[]
        {
            Ask.Image(prompt: ""), Ask.Image(prompt: new string('x', 2001)), Ask.Image(seed: -1), Ask.Image(seed: 1L << 32),
            Ask.Image() with { PipelineType = "inpaint" }, Ask.Image() with { ConditionalImage = "%%" }, Ask.Image() with { ModelName = "" },
            Ask.Image() with { ModelName = "niche-prompt-lm" },
            Ask.Image() with { PipelineParams = JsonObjects.From(new { negative_prompt = new string('x', 5000) }) },
            Ask.Image() with { PipelineParams = JsonObjects.From(Enumerable.Range(0, 33).ToDictionary(i => $"p{i}", i => i)) },
        }) Assert.Equal(WorkOutcome.BadRequest, Assert.Throws<MinerWorkException>(() => Reader.Read(bad, Timeout)).Outcome);

        Assert.Throws<MinerWorkException>(() => Reader.Read(Ask.Text(tokens: 49), Timeout));
        Assert.Throws<MinerWorkException>(() => Reader.Read(Ask.Text() with { ModelName = "niche-scenes" }, Timeout));
    }

    [Fact]
    public void A_model_that_the_policy_does_not_know_has_the_subnets_caps()
    {
        var order = Reader.Read(Ask.Image(steps: 50) with { ModelName = "somebodys-model", PipelineType = "controlnet", ConditionalImage = "aGVsbG8=" }, Timeout);

        Assert.Equal(("somebodys-model", "controlnet"), (order.Model, order.Pipeline));
        Assert.Throws<MinerWorkException>(() => Reader.Read(Ask.Image(steps: 51) with { ModelName = "somebodys-model" }, Timeout));
    }

    [Fact]
    public void An_order_never_shows_its_prompt()
    {
        Assert.DoesNotContain("lighthouse", Reader.Read(Ask.Image(), Timeout).ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("red", $"{Reader.Read(Ask.Text(), Timeout)}", StringComparison.Ordinal);
    }
}
