using Niche.Inference.Diffusion;
using Niche.Inference.Images;
using Niche.Inference.Models;

namespace Niche.Inference.Tests.Diffusion;

/// <summary>Every family end to end on the CPU.</summary>
public sealed class FamilyTests(TinyFamilies families)
{
    private static readonly string[] Guidable = ["sd15", "sd2", "lcm", "xl", "xl-turbo", "xl-lightning", "sd3", "sd3-without-t5"];

    public static TheoryData<string> All() => TinyFamilies.Names();

    public static TheoryData<string> Guided() => [.. Guidable];

    [Theory]
    [MemberData(nameof(All))]
    public async Task A_picture_of_the_asked_size_comes_out_and_the_same_one_again(string family)
    {
        var pipeline = await families.GetAsync(family);

        var one = Paint(pipeline, Request(family, "a red house"));
        var again = Paint(pipeline, Request(family, "a red house"));

        Assert.Equal((96, 64), (one.Width, one.Height));
        Assert.Equal(one.Pixels, again.Pixels);
        Assert.True(one.Pixels.Distinct().Count() > 10, $"Only {one.Pixels.Distinct().Count()} values.");
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task A_model_warms_up_with_all_that_it_can_take(string family)
    {
        var pipeline = await families.GetAsync(family);

        Assert.Equal((96, 64), Size(pipeline.WarmUp(96, 64, CancellationToken.None)));
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task Prompt_seed_steps_and_size_all_count(string family)
    {
        var pipeline = await families.GetAsync(family);
        var request = Request(family, "a red house");
        var one = Paint(pipeline, request);

        Assert.NotEqual(one.Pixels, Paint(pipeline, request with { Prompt = "the use of red" }).Pixels);
        Assert.NotEqual(one.Pixels, Paint(pipeline, request with { Seed = 8 }).Pixels);
        Assert.NotEqual(one.Pixels, Paint(pipeline, request with { Steps = 5 }).Pixels);
        if (!NeedsPicture(family)) Assert.Equal((64, 96), Size(Paint(pipeline, request with { Width = 64, Height = 96 })));
    }

    [Theory]
    [MemberData(nameof(Guided))]
    public async Task Guidance_and_the_negative_prompt_count(string family)
    {
        var pipeline = await families.GetAsync(family);
        var request = Request(family, "a red house") with { Guidance = 4 };
        var one = Paint(pipeline, request);

        Assert.NotEqual(one.Pixels, Paint(pipeline, request with { Guidance = 1 }).Pixels);
        Assert.NotEqual(one.Pixels, Paint(pipeline, request with { NegativePrompt = "the use" }).Pixels);
        Assert.NotEqual(one.Pixels, Paint(pipeline, request with { GuidanceRescale = 0.7 }).Pixels);
    }

    [Theory]
    [MemberData(nameof(Guided))]
    public async Task One_prompt_after_the_other_gives_what_one_batch_gives(string family)
    {
        var pipeline = await families.GetAsync(family);
        using var sequential = await families.LoadAsync(family, new DiffusionOptions(SequentialGuidance: true));
        var request = Request(family, "a red house") with { Guidance = 4, NegativePrompt = "the use" };

        AssertAlike(Paint(pipeline, request), Paint(sequential, request), 1);
    }

    [Fact]
    public async Task Flux_dev_is_told_its_guidance_and_schnell_takes_none()
    {
        var request = Request("flux-dev", "a red house") with { Guidance = 3 };
        var dev = await families.GetAsync("flux-dev");
        var schnell = await families.GetAsync("flux-schnell");

        Assert.NotEqual(Paint(dev, request).Pixels, Paint(dev, request with { Guidance = 7 }).Pixels);
        Assert.Equal(Paint(schnell, request).Pixels, Paint(schnell, request with { Guidance = 7 }).Pixels);
    }

    [Theory]
    [InlineData("sd15")]
    [InlineData("xl")]
    public async Task Skipped_layers_of_the_text_encoder_count(string family)
    {
        var pipeline = await families.GetAsync(family);
        var request = Request(family, "a red house");
        var pictures = Enumerable.Range(0, 3).Select(skip => Paint(pipeline, request with { ClipSkip = skip }).Pixels).ToArray();

        Assert.NotEqual(pictures[0], pictures[1]);
        Assert.NotEqual(pictures[1], pictures[2]);
    }

    [Fact]
    public async Task A_layer_that_the_graph_does_not_give_is_refused_with_what_to_do()
    {
        var pipeline = await families.GetAsync("sd2");

        var error = Assert.Throws<ModelFolderException>(() => Paint(pipeline, Request("sd2", "a red house") with { ClipSkip = 1 }));

        Assert.Contains("output_hidden_states", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sd15")]
    [InlineData("xl")]
    [InlineData("sd3")]
    public async Task Weights_count_only_when_they_are_asked_for(string family)
    {
        var pipeline = await families.GetAsync(family);
        RgbImage Of(string prompt, bool weighted) => Paint(pipeline, Request(family, prompt) with { WeightedPrompt = weighted });

        Assert.Equal(Of("a red house", false).Pixels, Of("a red house", true).Pixels);
        Assert.NotEqual(Of("a red house", true).Pixels, Of("a (red:1.6) house", true).Pixels);
        Assert.Equal(Of("a red house", true).Pixels, Of("a (red:1.0) house", true).Pixels);
    }

    [Theory]
    [InlineData("sd15")]
    [InlineData("xl")]
    public async Task Long_prompts_go_on_in_further_windows(string family)
    {
        var pipeline = await families.GetAsync(family);
        var start = "the quick brown fox jumps ";
        RgbImage Of(string prompt, bool weighted) => Paint(pipeline, Request(family, prompt) with { WeightedPrompt = weighted, Guidance = 4 });

        Assert.Equal(Of($"{start} over a dog", false).Pixels, Of($"{start} under a cat", false).Pixels);
        Assert.NotEqual(Of($"{start} over a dog", true).Pixels, Of($"{start} under a cat", true).Pixels);
    }

    [Fact]
    public async Task A_large_picture_in_tiles_looks_like_the_one_in_one_piece()
    {
        var pipeline = await families.GetAsync("sd15");
        using var tiled = await families.LoadAsync("sd15", new DiffusionOptions(TileLatents: 8));
        var request = Request("sd15", "a red house") with { Width = 168, Height = 136 };

        AssertAlike(Paint(pipeline, request), Paint(tiled, request), 1);
    }

    [Fact]
    public async Task Previews_after_the_first_picture_need_no_decoder()
    {
        using var pipeline = await families.LoadAsync("xl", new DiffusionOptions());
        var request = Request("xl", "a red house") with { Steps = 8, PreviewEvery = 4 };
        var seen = new List<RgbImage?>();
        var first = pipeline.Generate(request, new Collector(seen), CancellationToken.None);

        seen.Clear();
        pipeline.Generate(request, new Collector(seen), CancellationToken.None);

        Assert.Equal(8, seen.Count);
        var preview = Assert.Single(seen, image => image is not null)!;
        Assert.Equal(Size(first.Image), Size(preview));
        Assert.NotEqual(first.Image.Pixels, preview.Pixels);
    }

    [Theory]
    [InlineData("sd15", 60, 64)]
    [InlineData("flux-dev", 72, 64)]
    [InlineData("sd15", 0, 64)]
    public async Task Sides_that_the_latents_can_not_have_are_refused(string family, int width, int height)
    {
        var pipeline = await families.GetAsync(family);

        Assert.Throws<ArgumentOutOfRangeException>(() => Paint(pipeline, Request(family, "a") with { Width = width, Height = height }));
    }

    /// <summary>Families that paint from words alone do not.</summary>
    internal static bool NeedsPicture(string family) => family == "upscale" || family.StartsWith("inpaint", StringComparison.Ordinal);

    internal static DiffusionRequest Request(string family, string prompt)
    {
        var request = new DiffusionRequest(prompt, "", 7, 4, 1, 96, 64);
        if (family == "upscale") return request with { Image = Pictures.Gradient(24, 16) };
        return NeedsPicture(family) ? request with { Image = Pictures.Gradient(96, 64), Mask = Pictures.Half(96, 64) } : request;
    }

    internal static RgbImage Paint(DiffusionPipeline pipeline, DiffusionRequest request) => pipeline.Generate(request, null, CancellationToken.None).Image;

    internal static void AssertAlike(RgbImage expected, RgbImage actual, int levels)
    {
        Assert.Equal(Size(expected), Size(actual));
        for (var i = 0; i < expected.Pixels.Length; i++) Assert.InRange(actual.Pixels[i], expected.Pixels[i] - levels, expected.Pixels[i] + levels);
    }

    private static (int Width, int Height) Size(RgbImage image) => (image.Width, image.Height);

    private sealed class Collector(List<RgbImage?> seen) : IProgress<DiffusionProgress>
    {
        public void Report(DiffusionProgress value) => seen.Add(value.Preview);
    }
}
