using Niche.Inference.Diffusion;
using Niche.Inference.Diffusion.Control;
using Niche.Inference.Images;
using Niche.Inference.Models;
using Niche.TinyModels;
using Niche.TinyModels.Onnx;

namespace Niche.Inference.Tests.Diffusion;

/// <summary>Pictures that say where things go, for transformers.</summary>
public sealed class TransformerControlTests(TinyFamilies families)
{
    private static readonly RgbImage Shown = Pictures.Gradient(96, 64);
    private static readonly TransformerControlForm Colours = TransformerControlForm.Flux with { Colours = true };
    private static readonly TransformerControlForm Several = TransformerControlForm.Flux with { Modes = true };

    [Theory]
    [InlineData("sd3", "sd3-control")]
    [InlineData("flux-dev", "flux-control")]
    public async Task Without_a_picture_or_with_a_scale_of_zero_it_paints_what_the_plain_model_paints(string family, string withControl)
    {
        var (plain, controlled) = (await families.GetAsync(family), await families.GetAsync(withControl));
        var request = FamilyTests.Request(family, "a red house") with { Guidance = 3, NegativePrompt = "the use" };
        foreach (var one in new[] { request, request with { Image = Pictures.Gradient(96, 64), Mask = Pictures.Half(96, 64), Strength = 0.6 } })
        {
            var expected = FamilyTests.Paint(plain, one).Pixels;

            Assert.Equal(expected, FamilyTests.Paint(controlled, one).Pixels);
            Assert.Equal(expected, FamilyTests.Paint(controlled, one with { Control = new(Shown) { Scale = 0 } }).Pixels);
            Assert.NotEqual(expected, FamilyTests.Paint(controlled, one with { Control = new(Shown) }).Pixels);
        }
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, false)]
    [InlineData(true, true)]
    public async Task SD3s_residuals_are_those_that_plain_code_computes(bool words, bool pooled)
    {
        var path = Fresh(to => TinyAdapted.ControlledStableDiffusion3(to, words: words, pooled: pooled));
        var request = new DiffusionRequest("a red house", "the use", 7, 1, 3, 96, 64) { Control = new(Shown) { Scale = 0.6 } };
        using var pipeline = await DiffusionPipeline.LoadAsync(ModelFolder.Open(path), new SessionSettings(1), TimeProvider.System);
        using var step = await OneStep.OfAsync(families.Write("sd3"), request);
        // Trained without the pooled text they see the picture's latents with their mean.
        var seen = step.Encoded(Shown).Select(value => (value - (pooled ? 0.0609f : 0)) * 1.5305f).ToArray();
        var plain = new PlainTransformerControl(path, TransformerControlForm.StableDiffusion3);
        var expected = step.Expected(row => plain.Added(step.Latents, seen, 12, step.Timestep,
            [.. words ? [("told", Mean(step.Told("encoder_hidden_states", row), TinyDiffusion.Joint3))] : Array.Empty<(string, double[])>(),
                ("pooled", [.. step.Told("pooled_projections", row).Select(value => pooled ? (double)value : 0)])], 0.6));

        OneStep.AssertClose(expected, pipeline.Generate(request, null, CancellationToken.None).Latents);
    }

    [Theory]
    [InlineData("latents", 0.6)]
    [InlineData("colours", 1)]
    [InlineData("several", 1)]
    public async Task Fluxs_residuals_are_those_that_plain_code_computes(string what, double scale)
    {
        var form = what == "colours" ? Colours : what == "several" ? Several : TransformerControlForm.Flux;
        var path = Fresh(to => TinyAdapted.ControlledFlux(to, form));
        var request = new DiffusionRequest("a red house", "", 7, 1, 3, 96, 64) { Control = new(Shown) { Scale = scale, Mode = form.Modes ? 4 : null } };
        using var pipeline = await DiffusionPipeline.LoadAsync(ModelFolder.Open(path), new SessionSettings(1), TimeProvider.System);
        using var step = await OneStep.OfAsync(families.Write("flux-dev"), request);
        var seen = form.Colours ? [.. Enumerable.Range(0, Shown.Pixels.Length).Select(i => (Shown.Pixels[(i % 6144 * 3) + (i / 6144)] / 127.5f) - 1)]
            : step.Encoded(Shown).Select(value => (value - 0.1159f) * 0.3611f).ToArray();
        var plain = new PlainTransformerControl(path, form);
        var expected = step.Expected(row => plain.Added(step.Latents, seen, 12, step.Timestep,
            [("told", Mean(step.Told("encoder_hidden_states", row), TinyDiffusion.JointFlux)), ("pooled", [.. step.Told("pooled_projections", row).Select(value => (double)value)]), ("guided", [3]),
                .. form.Modes ? [("mode", new double[] { 4 })] : Array.Empty<(string, double[])>()], scale));

        OneStep.AssertClose(expected, pipeline.Generate(request, null, CancellationToken.None).Latents);
    }

    [Fact]
    public async Task Residuals_in_one_tensor_count_as_one_by_one()
    {
        using var pipeline = await LoadAsync(to => TinyAdapted.ControlledStableDiffusion3(to, TransformerControlForm.Stack, output: "latent"), DeviceStandIn.None);
        var one = FamilyTests.Request("sd3", "a red house") with { Guidance = 3 };
        DiffusionRequest[] requests = [one with { Control = new(Shown) }, one, one with { Control = new(Shown) { Scale = 0.4, End = 0.5 }, Seed = 8 }];

        var stacked = pipeline.Generate([.. requests.Select(request => new DiffusionJob(request, null, CancellationToken.None))]);

        for (var i = 0; i < requests.Length; i++) FamilyTests.AssertAlike(FamilyTests.Paint(await families.GetAsync("sd3-control"), requests[i]), stacked[i].Unwrap().Image, 1);
    }

    [Theory]
    [InlineData("sd3-control")]
    [InlineData("flux-control")]
    public async Task Pictures_with_and_without_one_are_painted_together_as_alone(string family)
    {
        var pipeline = await families.GetAsync(family);
        var one = FamilyTests.Request(family, "a red house") with { Guidance = 4 };
        DiffusionRequest[] requests = [one with { Control = new(Shown) }, one, one with { Control = new(Shown) { Scale = 0.4 }, Seed = 8 }, one with { Control = new(Shown) { Start = 0.5 }, Prompt = "the use" }];

        var together = pipeline.Generate([.. requests.Select(request => new DiffusionJob(request, null, CancellationToken.None))]);

        for (var i = 0; i < requests.Length; i++) FamilyTests.AssertAlike(FamilyTests.Paint(pipeline, requests[i]), together[i].Unwrap().Image, 1);
    }

    [Fact]
    public async Task The_kind_of_picture_counts_where_a_ControlNet_knows_several_and_only_there()
    {
        using var several = await LoadAsync(to => TinyAdapted.ControlledFlux(to, Several), DeviceStandIn.Copying);
        var request = FamilyTests.Request("flux-dev", "a red house") with { Control = new(Shown) { Mode = 0 } };
        string Refused(DiffusionPipeline pipeline, ControlPicture control) => Assert.Throws<InferenceException>(() => FamilyTests.Paint(pipeline, request with { Control = control })).Code;

        Assert.NotEqual(FamilyTests.Paint(several, request).Pixels, FamilyTests.Paint(several, request with { Control = new(Shown) { Mode = 3 } }).Pixels);
        Assert.Equal("control_mode_missing", Refused(several, new(Shown)));
        Assert.Equal("control_mode_unsupported", Refused(await families.GetAsync("flux-control"), new(Shown) { Mode = 1 }));
        Assert.Equal("control_guess_unsupported", Refused(several, new(Shown) { Mode = 1, Guess = true }));
    }

    [Fact]
    public Task Latents_of_more_channels_are_refused() => Refused(
        to => TinyAdapted.ControlledStableDiffusion3(to, TransformerControlForm.StableDiffusion3 with { Seen = 17 }), _ => { }, "graph_invalid", "17, -1, -1]; a picture of 3 channels, its latents of 16");

    [Fact]
    public Task A_picture_that_is_seen_as_latents_needs_the_encoder() => Refused(
        to => TinyAdapted.ControlledFlux(to), folder => folder.Remove("vae_encoder/model.onnx"), "file_missing", "sees the latents of its picture");

    [Fact]
    public Task Residuals_of_another_family_are_refused() => Refused(
        to => TinyAdapted.ControlledFlux(to), folder => folder.Add("controlnet/model.onnx", TinyTransformerControl.Net("x", TransformerControlForm.Flux with { Residuals = 2 }, TinyDiffusion.JointFlux, TinyDiffusion.Width)),
        "graph_invalid", "gives 2 residuals and the denoiser takes 3");

    [Fact]
    public Task A_ControlNet_of_a_UNet_is_none_of_a_transformers() => Refused(
        to => TinyAdapted.ControlledFlux(to), folder => folder.Add("controlnet/model.onnx", TinyControl.Net("x", TinyDiffusion.Width, null, ["a", "b", "c"])), "graph_invalid", "hidden_states");

    private static double[] Mean(float[] states, int width) =>
        [.. Enumerable.Range(0, width).Select(i => Enumerable.Range(0, states.Length / width).Average(token => (double)states[(token * width) + i]))];

    private string Fresh(Func<string, string> make)
    {
        // Any family's fresh folder is a place of one's own that goes with the others.
        var path = families.Write("sd3");
        Directory.Delete(path, recursive: true);
        return make(path);
    }

    private Task<DiffusionPipeline> LoadAsync(Func<string, string> make, DeviceStandIn standIn) =>
        DiffusionPipeline.LoadAsync(ModelFolder.Open(Fresh(make)), new SessionSettings(1) { StandIn = standIn }, TimeProvider.System);

    private async Task Refused(Func<string, string> make, Action<TinyFolder> change, string code, string words)
    {
        var path = Fresh(make);
        var folder = TinyFolder.Reopen(path);
        change(folder);
        folder.Save();

        var error = await Assert.ThrowsAsync<ModelFolderException>(() => DiffusionPipeline.LoadAsync(ModelFolder.Open(path), new SessionSettings(1), TimeProvider.System));

        Assert.Equal(code, error.Code);
        Assert.Contains(words, error.Message, StringComparison.Ordinal);
    }
}
