using Niche.Inference.Diffusion;
using Niche.Inference.Diffusion.Control;
using Niche.Inference.Images;
using Niche.Inference.Models;
using Niche.TinyModels;

namespace Niche.Inference.Tests.Diffusion;

/// <summary>A picture that says where things go.</summary>
public sealed class ControlNetTests(TinyFamilies families)
{
    private static readonly RgbImage Shown = Pictures.Gradient(96, 64);

    [Theory]
    [InlineData("sd15", "sd15-control")]
    [InlineData("sd15", "sd15-inside")]
    [InlineData("xl", "xl-control")]
    [InlineData("inpaint", "inpaint-control")]
    public async Task Without_a_picture_or_with_a_scale_of_zero_it_paints_what_the_plain_model_paints(string family, string withControl)
    {
        var (plain, controlled) = (await families.GetAsync(family), await families.GetAsync(withControl));
        foreach (var request in Ways(family))
        {
            var expected = FamilyTests.Paint(plain, request).Pixels;

            Assert.Equal(expected, FamilyTests.Paint(controlled, request).Pixels);
            Assert.Equal(expected, FamilyTests.Paint(controlled, request with { Control = new(Shown) { Scale = 0 } }).Pixels);
            Assert.NotEqual(expected, FamilyTests.Paint(controlled, request with { Control = new(Shown) }).Pixels);
        }
    }

    [Theory]
    [InlineData("sd15-control")]
    [InlineData("xl-control")]
    public async Task Picture_scale_guess_and_words_all_count(string family)
    {
        var pipeline = await families.GetAsync(family);
        var request = FamilyTests.Request(family, "a red house") with { Guidance = 3, Control = new(Shown) };
        byte[] Of(Func<DiffusionRequest, DiffusionRequest> change) => FamilyTests.Paint(pipeline, change(request)).Pixels;
        var inverse = Shown with { Pixels = Array.ConvertAll(Shown.Pixels, value => (byte)(255 - value)) };
        byte[][] pictures =
        [
            Of(r => r), Of(r => r with { Control = r.Control! with { Image = inverse } }), Of(r => r with { Control = r.Control! with { Scale = 0.5 } }),
            Of(r => r with { Control = r.Control! with { Guess = true } }), Of(r => r with { Prompt = "the use of red" }), Of(r => r with { NegativePrompt = "the use" }),
        ];

        Assert.Equal(pictures[0], Of(r => r));
        Assert.Equal(pictures.Length, pictures.Select(Convert.ToHexString).Distinct().Count());
    }

    [Theory]
    [InlineData("sd15-control", 1, false)]
    [InlineData("sd15-control", 0.35, false)]
    [InlineData("sd15-control", 0.8, true)]
    [InlineData("sd15-inside", 0.6, false)]
    public async Task The_residuals_are_those_that_plain_code_computes(string family, double scale, bool guess)
    {
        var path = families.Write(family);
        using var pipeline = await DiffusionPipeline.LoadAsync(ModelFolder.Open(path), new SessionSettings(1), TimeProvider.System);
        var request = new DiffusionRequest("a red house", "the use", 7, 1, 3, 96, 64) { Control = new(Shown) { Scale = scale, Guess = guess } };
        double[] all = [scale, scale, scale, scale], guessed = [0.1 * scale, Math.Pow(10, -2.0 / 3) * scale, Math.Pow(10, -1.0 / 3) * scale, scale];
        var plain = family == "sd15-inside" ? new PlainControl(path, "unet/model.onnx") : new PlainControl(path);
        using var step = await OneStep.OfAsync(families.Write("sd15"), request);
        var expected = step.Expected(row => plain.Added(step.Latents, Shown, step.Told("encoder_hidden_states", row), 16, step.Timestep,
            !guess ? all : row == 0 ? new double[4] : guessed));

        OneStep.AssertClose(expected, pipeline.Generate(request, null, CancellationToken.None).Latents);
    }

    [Fact]
    public async Task Inside_a_UNet_it_can_not_guess()
    {
        var pipeline = await families.GetAsync("sd15-inside");

        var error = Assert.Throws<InferenceException>(() => FamilyTests.Paint(pipeline, FamilyTests.Request("sd15", "a") with { Control = new(Shown) { Guess = true } }));

        Assert.Equal("control_guess_unsupported", error.Code);
    }

    [Fact]
    public async Task It_counts_from_its_start_to_its_end_and_not_beyond()
    {
        var pipeline = await families.GetAsync("xl-control");
        var request = FamilyTests.Request("xl-control", "a red house") with { Steps = 8, PreviewEvery = 1 };
        FamilyTests.Paint(pipeline, request);
        var (none, all) = (Previews(pipeline, request), Previews(pipeline, request with { Control = new(Shown) }));
        var (late, early) = (Previews(pipeline, request with { Control = new(Shown) { Start = 0.5 } }), Previews(pipeline, request with { Control = new(Shown) { End = 0.5 } }));

        Assert.NotEqual(none[0], all[0]);
        Assert.Equal(none[..4], late[..4]);
        Assert.NotEqual(none[4], late[4]);
        Assert.Equal(all[..4], early[..4]);
        Assert.NotEqual(all[4], early[4]);
        Assert.Equal(none, Previews(pipeline, request with { Control = new(Shown) { Start = 0.3, End = 0.31 } }));
    }

    [Theory]
    [InlineData("sd15-control", true)]
    [InlineData("sd15-inside", false)]
    public async Task Pictures_with_and_without_one_are_painted_together_as_alone(string family, bool guess)
    {
        var pipeline = await families.GetAsync(family);
        var one = FamilyTests.Request(family, "a red house") with { Guidance = 4 };
        DiffusionRequest[] requests =
        [
            one with { Control = new(Shown) }, one, one with { Control = new(Shown) { Scale = 0.4, Guess = guess }, Seed = 8 }, one with { Control = new(Shown) { End = 0.5 }, Prompt = "the use" },
            one with { Control = new(Shown), Prompt = "the use" },
        ];

        var together = pipeline.Generate([.. requests.Select(request => new DiffusionJob(request, null, CancellationToken.None))]);

        for (var i = 0; i < requests.Length; i++) FamilyTests.AssertAlike(FamilyTests.Paint(pipeline, requests[i]), together[i].Unwrap().Image, 1);
    }

    [Fact]
    public async Task One_prompt_after_the_other_gives_what_one_batch_gives()
    {
        var pipeline = await families.GetAsync("sd15-control");
        using var sequential = await families.LoadAsync("sd15-control", new DiffusionOptions(SequentialGuidance: true));
        foreach (var guess in new[] { false, true })
        {
            var request = FamilyTests.Request("sd15-control", "a red house") with { Guidance = 4, Control = new(Shown) { Guess = guess } };

            FamilyTests.AssertAlike(FamilyTests.Paint(pipeline, request), FamilyTests.Paint(sequential, request), 1);
        }
    }

    [Theory]
    [InlineData("xl-control")]
    [InlineData("sd15-inside")]
    public async Task Through_tensors_on_a_device_it_is_the_same_picture(string family)
    {
        var folder = ModelFolder.Open(families.Write(family));
        var request = FamilyTests.Request(family, "a red house") with { Guidance = 3, Control = new(Shown) { End = 0.5 } };
        var expected = FamilyTests.Paint(await families.GetAsync(family), request).Pixels;
        foreach (var standIn in new[] { DeviceStandIn.Copying, DeviceStandIn.Binding })
        {
            using var device = await DiffusionPipeline.LoadAsync(folder, new SessionSettings(1) { StandIn = standIn }, TimeProvider.System);

            Assert.Equal(expected, FamilyTests.Paint(device, request).Pixels);
        }
    }

    [Theory]
    [InlineData("down_block_additional_residual_", false, "down_block_0", "down_block_1", "down_block_2", "mid_block")]
    [InlineData("down_block_", false, "down00", "down01", "down02", "mid")]
    [InlineData("down_block_", true, "mid_block", "down_block_00", "down_block_01", "down_block_02")]
    public async Task The_names_of_public_exports_are_known(string residuals, bool middleFirst, params string[] outputs)
    {
        var path = families.Write("sd15-control");
        TinyAdapted.Controlled(path, outputs, middleFirst, residuals);
        using var pipeline = await DiffusionPipeline.LoadAsync(ModelFolder.Open(path), new SessionSettings(1), TimeProvider.System);
        var request = FamilyTests.Request("sd15-control", "a red house") with { Control = new(Shown) };

        Assert.Equal(FamilyTests.Paint(await families.GetAsync("sd15-control"), request).Pixels, FamilyTests.Paint(pipeline, request).Pixels);
    }

    [Fact]
    public async Task A_model_without_one_says_so()
    {
        var pipeline = await families.GetAsync("sd15");

        var error = Assert.Throws<InferenceException>(() => FamilyTests.Paint(pipeline, FamilyTests.Request("sd15", "a") with { Control = new(Shown) }));

        Assert.Equal("control_unsupported", error.Code);
    }

    [Fact]
    public async Task Requests_that_do_not_fit_are_refused()
    {
        var pipeline = await families.GetAsync("sd15-control");
        ControlPicture right = new(Shown);
        ControlPicture[] wrong =
        [
            new(Pictures.Gradient(64, 64)), right with { Scale = -0.1 }, right with { Scale = double.NaN }, right with { Scale = 10.1 }, right with { Start = 0.5, End = 0.5 },
            right with { Start = -0.1 }, right with { End = 1.1 }, right with { End = double.NaN },
        ];

        foreach (var one in wrong)
            Assert.Throws<ArgumentOutOfRangeException>(() => FamilyTests.Paint(pipeline, FamilyTests.Request("sd15-control", "a") with { Control = one }));
    }

    [Theory]
    [InlineData("sd15-control", nameof(DeviceStandIn.None))]
    [InlineData("sd15-control", nameof(DeviceStandIn.Copying))]
    [InlineData("xl-control", nameof(DeviceStandIn.Copying))]
    [InlineData("flux-control", nameof(DeviceStandIn.Copying))]
    public async Task A_step_allocates_less_than_a_kilobyte(string family, string standIn)
    {
        using var pipeline = await DiffusionPipeline.LoadAsync(
            ModelFolder.Open(families.Write(family)), new SessionSettings(1) { StandIn = Enum.Parse<DeviceStandIn>(standIn) }, TimeProvider.System);
        var guess = !family.StartsWith("flux", StringComparison.Ordinal);
        var request = FamilyTests.Request(family, "a red house") with { Guidance = 3, Control = new(Shown) { Scale = 0.7, End = 0.8, Guess = guess } };
        long Allocated(int steps) => Allocations.Of(() => FamilyTests.Paint(pipeline, request with { Steps = steps }));

        var perStep = (Allocated(45) - Allocated(5)) / 40.0;

        Assert.True(perStep <= 1024, $"{perStep} bytes a step");
    }

    private static IEnumerable<DiffusionRequest> Ways(string family)
    {
        var request = FamilyTests.Request(family, "a red house") with { Guidance = 3, NegativePrompt = "the use" };
        yield return request;
        if (family == "inpaint") yield break;
        yield return request with { Image = Pictures.Gradient(96, 64), Strength = 0.6 };
        yield return request with { Image = Pictures.Gradient(96, 64), Mask = Pictures.Half(96, 64), Strength = 1 };
    }

    private static byte[][] Previews(DiffusionPipeline pipeline, DiffusionRequest request)
    {
        var seen = new List<byte[]>();
        pipeline.Generate(request, new Seen(seen), CancellationToken.None);
        return [.. seen];
    }

    private sealed class Seen(List<byte[]> seen) : IProgress<DiffusionProgress>
    {
        public void Report(DiffusionProgress value)
        {
            if (value.Preview is { } preview) seen.Add(preview.Pixels);
        }
    }
}
