using Niche.Inference.Diffusion;
using Niche.Inference.Images;
using Niche.Inference.Models;
using Niche.TinyModels;

namespace Niche.Inference.Tests.Diffusion;

/// <summary>SDXL's refiner, on its own and as the second of two experts.</summary>
public sealed class RefinerTests(TinyFamilies families)
{
    private const string Spread = "\"beta_schedule\":\"scaled_linear\",\"beta_start\":0.00085,\"beta_end\":0.012";

    [Theory]
    [InlineData("EulerDiscreteScheduler", 0.8, 7)]
    [InlineData("EulerDiscreteScheduler", 0.35, 20)]
    [InlineData("EulerAncestralDiscreteScheduler", 0.5, 6)]
    [InlineData("DDIMScheduler", 0.6, 8)]
    [InlineData("HeunDiscreteScheduler", 0.5, 8)]
    public async Task A_copy_of_the_model_that_takes_over_paints_what_the_model_paints_in_one_go(string scheduler, double part, int steps)
    {
        var path = families.Write("sd15");
        TinyAdapted.RefinedByItself(path, $$"""{"_class_name":"{{scheduler}}",{{Spread}}}""");
        using var pipeline = await LoadAsync(path);
        foreach (var request in new[] { Request(steps), Request(steps) with { Image = Pictures.Gradient(96, 64), Mask = Pictures.Half(96, 64), Strength = 0.8 } })
        {
            Assert.Equal(pipeline.Generate(request, null, CancellationToken.None).Latents, pipeline.Generate(request with { RefineFrom = part }, null, CancellationToken.None).Latents);
        }
    }

    [Fact]
    public async Task It_takes_over_at_its_part_of_the_schedule_and_not_before()
    {
        using var pipeline = await families.LoadAsync("xl-refined", new DiffusionOptions());
        var request = Request(10) with { PreviewEvery = 1 };
        pipeline.Generate(request, null, CancellationToken.None);
        var (alone, early, late) = (Previews(pipeline, request), Previews(pipeline, request with { RefineFrom = 0.5 }), Previews(pipeline, request with { RefineFrom = 0.8 }));

        // Leading timesteps of ten steps are 901, 801 ... 1: five lie at 500 or above, eight at 200 or above.
        Assert.Equal(9, early.Length);
        Assert.Equal(alone[..5], early[..5]);
        Assert.NotEqual(alone[5], early[5]);
        Assert.Equal(alone[..8], late[..8]);
        Assert.NotEqual(alone[8], late[8]);
        Assert.Equal(FamilyTests.Paint(await families.GetAsync("xl"), Request(10)).Pixels, FamilyTests.Paint(pipeline, Request(10)).Pixels);
    }

    [Fact]
    public async Task The_steps_of_both_are_counted_through()
    {
        var pipeline = await families.GetAsync("xl-refined");
        var seen = new List<(int Step, int Total)>();

        pipeline.Generate(Request(6) with { RefineFrom = 0.5 }, new Seen(step => seen.Add((step.Step, step.Total))), CancellationToken.None);

        Assert.Equal(Enumerable.Range(1, 6).Select(step => (step, 6)), seen);
    }

    [Fact]
    public async Task Refined_and_plain_pictures_are_painted_together_as_alone()
    {
        var pipeline = await families.GetAsync("xl-refined");
        DiffusionRequest[] requests = [Request(6), Request(6) with { RefineFrom = 0.5 }, Request(6) with { RefineFrom = 0.5, Prompt = "the use", Seed = 9 }, Request(6) with { RefineFrom = 0.8 }];

        var together = pipeline.Generate([.. requests.Select(request => new DiffusionJob(request, null, CancellationToken.None))]);

        for (var i = 0; i < requests.Length; i++) FamilyTests.AssertAlike(FamilyTests.Paint(pipeline, requests[i]), together[i].Unwrap().Image, 1);
    }

    [Fact]
    public async Task On_its_own_it_paints_from_a_picture()
    {
        var path = families.Write("sd15");
        using var pipeline = await LoadAsync(TinyAdapted.Refiner(path));
        var request = Request(6) with { Image = Pictures.Gradient(96, 64), Strength = 0.5 };
        var one = FamilyTests.Paint(pipeline, request);

        Assert.Equal(["img2img", "inpaint"], pipeline.Pipelines);
        Assert.NotEqual(one.Pixels, FamilyTests.Paint(pipeline, request with { Strength = 0.9 }).Pixels);
        Assert.NotEqual(one.Pixels, FamilyTests.Paint(pipeline, request with { Prompt = "the use" }).Pixels);
        Assert.NotEqual(one.Pixels, FamilyTests.Paint(pipeline, request with { NegativePrompt = "" }).Pixels);
        Assert.Equal("picture_missing", Assert.Throws<InferenceException>(() => FamilyTests.Paint(pipeline, request with { Image = null })).Code);
        Assert.Equal(3 * 96 * 64, pipeline.WarmUp(96, 64, CancellationToken.None).Pixels.Length);
    }

    [Fact]
    public async Task It_is_told_the_size_and_a_score_of_six_and_of_two_and_a_half_for_the_negative_prompt()
    {
        var folder = ModelFolder.Open(TinyAdapted.Refiner(families.Write("sd15")));
        using var conditioner = await XlConditioner.LoadAsync(folder, new SessionSettings(1), PipelineIndex.Read(folder));
        using var options = new Microsoft.ML.OnnxRuntime.RunOptions();

        using var told = conditioner.Encode(Request(6), guided: true, new RunClock(TimeProvider.System), options);

        Assert.Equal([64, 96, 0, 0, 2.5f, 64, 96, 0, 0, 6], told.Inputs.Single(input => input.Name == "time_ids").Value.GetTensorDataAsSpan<float>().ToArray());
        Assert.Equal([2L, 16, TinyDiffusion.Wider], told.Inputs.Single(input => input.Name == "encoder_hidden_states").Value.GetTensorTypeAndShape().Shape);
    }

    [Theory]
    [InlineData("refiner/unet/model.onnx", "file_missing", "refiner/unet/model.onnx")]
    [InlineData("refiner/text_encoder_2/model.onnx", "file_missing", "refiner/text_encoder_2/model.onnx")]
    [InlineData("refiner/model_index.json", "file_missing", "refiner/model_index.json")]
    public async Task A_refiner_that_lacks_a_part_is_named(string file, string code, string words)
    {
        var path = families.Write("xl-refined");
        TinyFolder.Reopen(path).Remove(file).Save();

        await RefusedAsync(path, code, words);
    }

    [Fact]
    public async Task A_refiner_with_another_scheduler_or_of_another_family_is_refused()
    {
        var other = families.Write("xl-refined");
        TinyFolder.Reopen(other).Add("refiner/scheduler/scheduler_config.json", """{"_class_name":"DDIMScheduler"}""").Save();
        var family = families.Write("xl-refined");
        TinyFolder.Reopen(family).Add("refiner/model_index.json", """{"_class_name":"FluxPipeline"}""").Save();

        await RefusedAsync(other, "config_invalid", "must be a EulerDiscreteScheduler too");
        await RefusedAsync(family, "config_invalid", "not of Flux");
    }

    [Fact]
    public async Task What_does_not_fit_is_refused()
    {
        var (plain, refined) = (await families.GetAsync("xl"), await families.GetAsync("xl-refined"));

        Assert.Equal("refiner_unsupported", Assert.Throws<InferenceException>(() => FamilyTests.Paint(plain, Request(6) with { RefineFrom = 0.8 })).Code);
        foreach (var part in new[] { 0, 1, -0.5, 1.5, double.NaN })
            Assert.Throws<ArgumentOutOfRangeException>(() => FamilyTests.Paint(refined, Request(6) with { RefineFrom = part }));
    }

    private static DiffusionRequest Request(int steps) => new("a red house", "the use", 7, steps, 3, 96, 64);

    private static Task<DiffusionPipeline> LoadAsync(string path) => DiffusionPipeline.LoadAsync(ModelFolder.Open(path), new SessionSettings(1), TimeProvider.System);

    private static async Task RefusedAsync(string path, string code, string words)
    {
        var error = await Assert.ThrowsAsync<ModelFolderException>(() => LoadAsync(path));

        Assert.Equal(code, error.Code);
        Assert.Contains(words, error.Message, StringComparison.Ordinal);
    }

    private static byte[][] Previews(DiffusionPipeline pipeline, DiffusionRequest request)
    {
        var seen = new List<RgbImage?>();
        pipeline.Generate(request, new Seen(step => seen.Add(step.Preview)), CancellationToken.None);
        return [.. seen.OfType<RgbImage>().Select(image => image.Pixels)];
    }

    private sealed class Seen(Action<DiffusionProgress> see) : IProgress<DiffusionProgress>
    {
        public void Report(DiffusionProgress value) => see(value);
    }
}
