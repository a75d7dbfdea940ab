using Niche.Inference.Diffusion;
using Niche.Inference.Images;
using Niche.Inference.Models;
using Niche.Inference.Providers;
using Niche.Inference.Random;
using Niche.TinyModels;

namespace Niche.Inference.Tests.Diffusion;

/// <summary>Numbers that leave the range of half precision.</summary>
public sealed class RecoveryTests(TinyFamilies families)
{
    private const float FarUp = 1e6f;

    [Fact]
    public async Task A_picture_that_overflows_is_painted_again_in_single_precision_and_says_so()
    {
        using var half = await LoadAsync(path => TinyHalf.StableDiffusion(path, FarUp, half: true, beside: true));
        using var single = await LoadAsync(path => TinyHalf.StableDiffusion(path, FarUp, half: false, beside: null));
        foreach (var request in new[] { Request(7), Request(8) with { Image = Pictures.Gradient(96, 64), Mask = Pictures.Half(96, 64), Strength = 0.6 } })
        {
            var (recovered, expected) = (Paint(half, request), Paint(single, request));

            Assert.Equal(expected.Image.Pixels, recovered.Image.Pixels);
            Assert.Equal(expected.Latents, recovered.Latents);
            Assert.Equal((true, false), (recovered.Recovered, expected.Recovered));
        }
    }

    [Fact]
    public async Task Without_a_better_graph_it_is_an_error_as_ever()
    {
        using var half = await LoadAsync(path => TinyHalf.StableDiffusion(path, FarUp, half: true, beside: null));

        Assert.Equal("latents_not_finite", Assert.Throws<InferenceException>(() => Paint(half, Request(7))).Code);
    }

    [Fact]
    public async Task It_is_tried_once_and_no_more_and_stops_at_the_step_that_is_lost()
    {
        using var half = await LoadAsync(path => TinyHalf.StableDiffusion(path, FarUp, half: true, beside: false));
        var seen = new List<int>();

        var error = Assert.Throws<InferenceException>(() => half.Generate(Request(7), new Seen(seen), CancellationToken.None));

        Assert.Equal("latents_not_finite", error.Code);
        Assert.Equal([1, 1], seen);
    }

    [Fact]
    public async Task In_a_batch_only_the_picture_that_is_lost_is_painted_again()
    {
        var largest = Enumerable.Range(0, 12).Select(seed => (Seed: (uint)seed, Most: Most((uint)seed))).OrderBy(one => one.Most).ToArray();
        var up = TinyHalf.Most / ((largest[0].Most + largest[^1].Most) / 2);
        using var half = await LoadAsync(path => TinyHalf.StableDiffusion(path, up, half: true, beside: true));
        using var single = await LoadAsync(path => TinyHalf.StableDiffusion(path, up, half: false, beside: null));
        DiffusionRequest[] requests = [Request(largest[0].Seed) with { Steps = 1 }, Request(largest[^1].Seed) with { Steps = 1 }];

        var together = half.Generate([.. requests.Select(request => new DiffusionJob(request, null, CancellationToken.None))]).Select(outcome => outcome.Unwrap()).ToArray();

        Assert.Equal([false, true], together.Select(result => result.Recovered));
        Assert.Equal(Paint(half, requests[0]).Image.Pixels, together[0].Image.Pixels);
        Assert.Equal(Paint(single, requests[1]).Image.Pixels, together[1].Image.Pixels);
    }

    [Fact]
    public async Task A_decoder_that_overflows_would_paint_black_and_its_sibling_helps()
    {
        using var half = await LoadAsync(path => Decoding(path, half: true, beside: true));
        using var single = await LoadAsync(path => Decoding(path, half: false, beside: false));
        using var alone = await LoadAsync(path => Decoding(path, half: true, beside: false));

        var (recovered, expected) = (Paint(half, Request(7)), Paint(single, Request(7)));

        Assert.Equal(expected.Image.Pixels, recovered.Image.Pixels);
        Assert.Equal((true, false), (recovered.Recovered, expected.Recovered));
        Assert.Equal("picture_not_finite", Assert.Throws<InferenceException>(() => Paint(alone, Request(7))).Code);
    }

    [Theory]
    [InlineData("sd15-control", "controlnet/")]
    [InlineData("xl-refined", "refiner/unet/")]
    public async Task ControlNets_and_refiners_have_siblings_too(string family, string part)
    {
        var path = families.Write(family);
        var good = File.ReadAllBytes(Path.Combine(path, $"{part}model.onnx"));
        var request = Request(7) with { Steps = 6, Control = family == "sd15-control" ? new(Pictures.Gradient(96, 64)) : null, RefineFrom = family == "xl-refined" ? 0.5 : null };
        var expected = Paint(await families.GetAsync(family), request);
        var bad = family == "sd15-control"
            ? TinyControl.Net("sd/control", TinyDiffusion.Width, null, ["a", "b", "c", "d"], overflows: true)
            : TinyGraphs.Unet("refiner/unet", 4, TinyDiffusion.Wider, TinyDiffusion.Pooled, wholeTimesteps: false, sizes: 5, more: [g => TinyHalf.UpAndBack(g, "sample", FarUp, half: true)]);
        TinyFolder.Reopen(path).Add($"{part}model.onnx", bad).Add($"{part}model_fp32.onnx", good).Save();
        using var pipeline = await DiffusionPipeline.LoadAsync(ModelFolder.Open(path), new SessionSettings(1), TimeProvider.System);

        var recovered = Paint(pipeline, request);

        Assert.True(recovered.Recovered);
        Assert.Equal(expected.Image.Pixels, recovered.Image.Pixels);
    }

    [Fact]
    public void TensorRT_computes_in_half_precision_so_there_the_graph_itself_on_CUDA_is_the_more_precise_one()
    {
        var folder = ModelFolder.Open(families.Write("sd15"));
        var (tensorRt, cuda) = (new SessionSettings(1) { Provider = new(ExecutionProvider.TensorRt, Device: 1) }, new SessionSettings(1) { Provider = new(ExecutionProvider.Cuda, Device: 1) });

        Assert.Equal(new PreciseGraph("unet/model.onnx", cuda), PreciseGraph.Of(folder, "unet/model.onnx", tensorRt));
        Assert.Null(PreciseGraph.Of(folder, "unet/model.onnx", cuda));
    }

    private static DiffusionRequest Request(uint seed) => new("a red house", "", seed, 4, 1, 96, 64);

    private static DiffusionResult Paint(DiffusionPipeline pipeline, DiffusionRequest request) => pipeline.Generate(request, null, CancellationToken.None);

    private static string Decoding(string path, bool half, bool beside)
    {
        // Infinite less infinite is no number: tanh alone would hide it.
        byte[] Decoder(bool rounds) => TinyGraphs.VaeDecoder("sd/decoder", 4, g =>
        {
            var mean = TinyHalf.UpAndBack(g, g.Node("ReduceMean", ["latent_sample"], ("axes", new[] { 1 }), ("keepdims", 1)), FarUp, rounds);
            return g.Node("Sub", [mean, mean]);
        });
        TinyDiffusion.StableDiffusion(path);
        var folder = TinyFolder.Reopen(path).Add("vae_decoder/model.onnx", Decoder(half));
        return (beside ? folder.Add("vae_decoder/model_fp32.onnx", Decoder(false)) : folder).Save();
    }

    private static float Most(uint seed)
    {
        var noise = new float[4 * 8 * 12];
        NoiseSources.Create(default, seed).Fill(noise);
        return noise.Max(MathF.Abs);
    }

    private Task<DiffusionPipeline> LoadAsync(Func<string, string> write) =>
        DiffusionPipeline.LoadAsync(ModelFolder.Open(write(families.Write("sd15"))), new SessionSettings(1), TimeProvider.System);

    private sealed class Seen(List<int> seen) : IProgress<DiffusionProgress>
    {
        public void Report(DiffusionProgress value) => seen.Add(value.Step);
    }
}
