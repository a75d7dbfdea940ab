using Niche.Inference.Diffusion;
using Niche.Inference.Diffusion.ImagePrompts;
using Niche.Inference.Images;
using Niche.Inference.Models;
using Niche.TinyModels;

namespace Niche.Inference.Tests.Diffusion;

/// <summary>A picture that speaks beside the words.</summary>
public sealed class ImagePromptTests(TinyFamilies families)
{
    private static readonly RgbImage Shown = Pictures.Gradient(40, 30);
    private static readonly float[] Mean = [0.48f, 0.46f, 0.41f], Deviation = [0.27f, 0.26f, 0.28f];

    [Theory]
    [InlineData("sd15-seeing", "sd15")]
    [InlineData("xl-seeing", "xl")]
    [InlineData("sd3-seeing", "sd3")]
    [InlineData("flux-seeing", "flux-dev")]
    public async Task Without_a_picture_or_with_a_scale_of_zero_it_paints_what_the_plain_model_paints(string family, string plain)
    {
        var (seeing, blind) = (await families.GetAsync(family), await families.GetAsync(plain));
        var request = FamilyTests.Request(family, "a red house") with { Guidance = 3 };
        foreach (var one in new[] { request, request with { Image = Pictures.Gradient(96, 64), Mask = Pictures.Half(96, 64), Strength = 0.6 } })
        {
            var expected = FamilyTests.Paint(blind, one).Pixels;

            Assert.Equal(expected, FamilyTests.Paint(seeing, one).Pixels);
            Assert.Equal(expected, FamilyTests.Paint(seeing, one with { ImagePrompt = new(Shown) { Scale = 0 } }).Pixels);
            Assert.NotEqual(expected, FamilyTests.Paint(seeing, one with { ImagePrompt = new(Shown) }).Pixels);
        }
    }

    [Theory]
    [InlineData("sd15-seeing")]
    [InlineData("xl-seeing")]
    [InlineData("sd3-seeing")]
    [InlineData("flux-seeing")]
    public async Task Picture_and_scale_count(string family)
    {
        var pipeline = await families.GetAsync(family);
        var request = FamilyTests.Request(family, "a red house") with { Guidance = 3 };
        ImagePrompt[] prompts = [new(Shown), new(Shown) { Scale = 0.5 }, new(Pictures.Gradient(30, 40)), new(Shown with { Pixels = new byte[Shown.Pixels.Length] })];

        Assert.Equal(4, prompts.Select(prompt => Convert.ToHexString(FamilyTests.Paint(pipeline, request with { ImagePrompt = prompt }).Pixels)).Distinct().Count());
    }

    [Fact]
    public async Task A_UNet_that_projects_itself_is_given_the_vector_that_plain_code_computes_and_zeros_for_the_negative_prompt()
    {
        var path = families.Write("sd15-seeing");
        var request = Square(new DiffusionRequest("a red house", "the use", 7, 1, 3, 96, 64));
        using var pipeline = await DiffusionPipeline.LoadAsync(ModelFolder.Open(path), new SessionSettings(1), TimeProvider.System);
        using var step = await OneStep.OfAsync(families.Write("sd15"), request);
        var seen = Product(VectorOf(path, request.ImagePrompt!.Image), Weights(path, "unet/model.onnx", "seen"), 4);
        var expected = step.Expected(row => Planes(row == 0 ? new double[4] : [.. seen.Select(value => 0.7 * value)], step.Latents.Length));

        OneStep.AssertClose(expected, pipeline.Generate(request, null, CancellationToken.None).Latents);
    }

    [Theory]
    [InlineData("sd3-seeing", "sd3")]
    [InlineData("flux-seeing", "flux-dev")]
    public async Task A_transformer_is_given_what_plain_code_computes_and_zeros_for_the_negative_prompt(string family, string plain)
    {
        var path = families.Write(family);
        var request = Square(new DiffusionRequest("a red house", "the use", 7, 1, 3, 96, 64));
        using var pipeline = await DiffusionPipeline.LoadAsync(ModelFolder.Open(path), new SessionSettings(1), TimeProvider.System);
        using var step = await OneStep.OfAsync(families.Write(plain), request);
        var (sd3, weights, area) = (plain == "sd3", Weights(path, "transformer/model.onnx", "seen"), 96);
        // SD3's looks at the mean of the states of the layer before the last, Flux's at the vector.
        var seen = Product(sd3 ? StatesOf(path, request.ImagePrompt!.Image) : VectorOf(path, request.ImagePrompt!.Image), weights, sd3 ? 16 : 64);
        var expected = step.Expected(row => [.. Enumerable.Range(0, 16 * area).Select(i => row == 0 && step.Rows == 2 ? 0
            : (float)(0.7 * (sd3 ? seen[i / area] : seen[(i / area * 4) + (i % area / 12 % 2 * 2) + (i % 2)])))]);

        OneStep.AssertClose(expected, pipeline.Generate(request, null, CancellationToken.None).Latents);
    }

    [Fact]
    public async Task Tokens_of_a_projection_follow_those_of_the_text_and_the_negative_prompt_has_those_of_zeros()
    {
        var path = families.Write("xl-seeing");
        var request = Square(new DiffusionRequest("a red house", "the use", 7, 1, 3, 96, 64));
        using var pipeline = await DiffusionPipeline.LoadAsync(ModelFolder.Open(path), new SessionSettings(1), TimeProvider.System);
        using var step = await OneStep.OfAsync(families.Write("xl"), request);
        const int Width = TinyDiffusion.Width + TinyDiffusion.Wider;
        var (weights, bias) = (Weights(path, "image_projection/model.onnx", "projection"), Weights(path, "image_projection/model.onnx", "bias"));
        double[] Seen(double[] vector)
        {
            var tokens = Product(vector, weights, TinyVision.Tokens * Width).Zip(bias, (a, b) => a + b).ToArray();
            return Product([.. Enumerable.Range(0, Width).Select(i => (tokens[i] + tokens[Width + i] + tokens[(2 * Width) + i]) / 3)], Weights(path, "unet/model.onnx", "seen"), 4);
        }
        var rows = new[] { Seen(new double[TinyVision.Vector]), Seen(VectorOf(path, request.ImagePrompt!.Image)) };
        var expected = step.Expected(row => Planes([.. rows[row].Select(value => 0.7 * value)], step.Latents.Length));

        OneStep.AssertClose(expected, pipeline.Generate(request, null, CancellationToken.None).Latents);
    }

    [Fact]
    public async Task A_ControlNet_reads_the_words_and_not_the_tokens_of_the_picture()
    {
        var (seeing, controlled) = (await families.GetAsync("xl-seeing"), await families.GetAsync("xl-control"));
        var request = FamilyTests.Request("xl", "a red house") with { Guidance = 3, Control = new(Pictures.Gradient(96, 64)) };

        Assert.Equal(FamilyTests.Paint(controlled, request).Pixels, FamilyTests.Paint(seeing, request with { ImagePrompt = new(Shown) { Scale = 0 } }).Pixels);
    }

    [Fact]
    public async Task Pictures_of_several_scales_and_none_are_painted_together_as_alone()
    {
        var pipeline = await families.GetAsync("xl-seeing");
        var one = FamilyTests.Request("xl", "a red house") with { Guidance = 3 };
        DiffusionRequest[] requests = [one, one with { ImagePrompt = new(Shown) }, one with { ImagePrompt = new(Shown) { Scale = 0.3 } }, one with { ImagePrompt = new(Pictures.Gradient(9, 9)), Seed = 9 }];

        var together = pipeline.Generate([.. requests.Select(request => new DiffusionJob(request, null, CancellationToken.None))]);

        for (var i = 0; i < requests.Length; i++) FamilyTests.AssertAlike(FamilyTests.Paint(pipeline, requests[i]), together[i].Unwrap().Image, 1);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Adapters_that_look_closer_see_the_states_of_the_layer_before_the_last(bool inside)
    {
        var path = families.Write("sd15");
        _ = inside ? TinyAdapted.Seeing(path, [5], close: true) : TinyAdapted.SeeingTokens(path, close: true);
        using var pipeline = await DiffusionPipeline.LoadAsync(ModelFolder.Open(path), new SessionSettings(1), TimeProvider.System);
        var request = FamilyTests.Request("sd15", "a red house") with { Guidance = 3 };
        var (without, seen) = (FamilyTests.Paint(pipeline, request), FamilyTests.Paint(pipeline, request with { ImagePrompt = new(Shown) }));

        Assert.NotEqual(without.Pixels, seen.Pixels);
        Assert.NotEqual(seen.Pixels, FamilyTests.Paint(pipeline, request with { ImagePrompt = new(Pictures.Gradient(30, 40)) }).Pixels);
        Assert.Equal(without.Pixels, FamilyTests.Paint(pipeline, request with { ImagePrompt = new(Shown) { Scale = 0 } }).Pixels);
    }

    [Fact]
    public async Task A_UNet_without_a_scale_knows_one_only_and_needs_a_picture()
    {
        var path = families.Write("sd15");
        TinyAdapted.Seeing(path, null);
        using var pipeline = await DiffusionPipeline.LoadAsync(ModelFolder.Open(path), new SessionSettings(1), TimeProvider.System);
        var request = FamilyTests.Request("sd15", "a red house") with { ImagePrompt = new(Shown) };

        Assert.Equal(FamilyTests.Paint(await families.GetAsync("sd15-seeing"), request).Pixels, FamilyTests.Paint(pipeline, request).Pixels);
        Assert.Equal("image_prompt_scale_fixed", Assert.Throws<InferenceException>(() => FamilyTests.Paint(pipeline, request with { ImagePrompt = new(Shown) { Scale = 0.5 } })).Code);
        Assert.Equal("image_prompt_missing", Assert.Throws<InferenceException>(() => FamilyTests.Paint(pipeline, request with { ImagePrompt = null })).Code);
    }

    [Fact]
    public async Task What_does_not_fit_is_refused()
    {
        var (plain, seeing) = (await families.GetAsync("sd15"), await families.GetAsync("sd15-seeing"));
        var request = FamilyTests.Request("sd15", "a red house") with { ImagePrompt = new(Shown) };

        Assert.Equal("image_prompt_unsupported", Assert.Throws<InferenceException>(() => FamilyTests.Paint(plain, request)).Code);
        foreach (var scale in new[] { -0.1, 10.1, double.NaN })
            Assert.Throws<ArgumentOutOfRangeException>(() => FamilyTests.Paint(seeing, request with { ImagePrompt = new(Shown) { Scale = scale } }));
    }

    [Theory]
    [InlineData("sd15", true, "image_encoder/model.onnx", "graph_invalid", "takes no image_embeds")]
    [InlineData("sd15-seeing", false, "image_encoder/model.onnx", "file_missing", "image_encoder/model.onnx")]
    [InlineData("sd15-seeing", false, "feature_extractor/preprocessor_config.json", "file_missing", "preprocessor_config.json")]
    [InlineData("sd15-seeing", true, "image_projection/model.onnx", "graph_invalid", "keep one")]
    [InlineData("xl-seeing", true, "image_projection/model.onnx", "graph_invalid", "one input")]
    [InlineData("flux-dev", true, "image_projection/model.onnx", "graph_invalid", "can not follow those of the text in a transformer")]
    [InlineData("sd3", true, "image_encoder/model.onnx", "graph_invalid", "takes no image_embeds")]
    [InlineData("upscale", true, "image_projection/model.onnx", "graph_invalid", "an upscaler takes no IP-Adapter")]
    public async Task Folders_whose_parts_do_not_fit_together_are_named(string family, bool add, string file, string code, string words)
    {
        var path = families.Write(family);
        var folder = TinyFolder.Reopen(path);
        _ = add ? folder.Add(file, TinyControl.Net("x", 9, null, ["a", "b"])) : folder.Remove(file);
        folder.Save();

        var error = await Assert.ThrowsAsync<ModelFolderException>(() => DiffusionPipeline.LoadAsync(ModelFolder.Open(path), new SessionSettings(1), TimeProvider.System));

        Assert.Equal(code, error.Code);
        Assert.Contains(words, error.Message, StringComparison.Ordinal);
    }

    private static DiffusionRequest Square(DiffusionRequest request) => request with { ImagePrompt = new(Pictures.Gradient(TinyVision.Side, TinyVision.Side)) { Scale = 0.7 } };

    // The encoder is one product; a picture of its own size is only normalized.
    private static double[] VectorOf(string path, RgbImage image)
    {
        var weights = Weights(path, "image_encoder/model.onnx", "vector");
        var area = image.Width * image.Height;
        return [.. Enumerable.Range(0, TinyVision.Vector).Select(v => Enumerable.Range(0, 3 * area).Sum(i =>
            weights[(v * 3 * area) + i] * (((image.Pixels[(i % area * 3) + (i / area)] / 255.0) - Mean[i / area]) / Deviation[i / area])))];
    }

    // The states of the layer before the last are tangents of the first ones; the mean over four patches.
    private static double[] StatesOf(string path, RgbImage image)
    {
        var (weights, places) = (Weights(path, "image_encoder/model.onnx", "states"), Weights(path, "image_encoder/model.onnx", "places"));
        double Layer(int patch, int state) => places[(patch * 6) + state] + Enumerable.Range(0, 3 * 64).Sum(i =>
        {
            var (channel, y, x) = (i / 64, (patch / 2 * 8) + (i / 8 % 8), (patch % 2 * 8) + (i % 8));
            return weights[(state * 3 * 64) + i] * (((image.Pixels[(((y * image.Width) + x) * 3) + channel] / 255.0) - Mean[channel]) / Deviation[channel]);
        });
        return [.. Enumerable.Range(0, 6).Select(state => Enumerable.Range(0, 4).Average(patch => Math.Tanh(Layer(patch, state))))];
    }

    private static double[] Product(double[] row, float[] weights, int columns) =>
        [.. Enumerable.Range(0, columns).Select(c => row.Select((value, i) => value * weights[(i * columns) + c]).Sum())];

    private static float[] Planes(double[] channels, int length) => [.. Enumerable.Range(0, length).Select(i => (float)channels[i / (length / 4)])];

    private static float[] Weights(string path, string file, string name) => OnnxTensors.Read(Path.Combine(path, file), tensor => tensor == name).Single().Values;
}
