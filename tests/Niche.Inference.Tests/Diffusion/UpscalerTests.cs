using Microsoft.ML.OnnxRuntime;
using Niche.Inference.Diffusion;
using Niche.Inference.Models;
using Niche.Inference.Random;
using Niche.Inference.Schedulers;
using Niche.TinyModels;

namespace Niche.Inference.Tests.Diffusion;

/// <summary>Small pictures made four times as large.</summary>
public sealed class UpscalerTests(TinyFamilies families)
{
    private static DiffusionRequest Request => FamilyTests.Request("upscale", "a red house") with { Guidance = 3, NegativePrompt = "the use" };

    [Fact]
    public async Task Picture_noise_level_words_and_guidance_count()
    {
        var pipeline = await families.GetAsync("upscale");
        DiffusionRequest[] requests =
        [
            Request, Request with { Image = Pictures.Gradient(24, 16) with { Pixels = new byte[3 * 24 * 16] } }, Request with { NoiseLevel = 0 }, Request with { NoiseLevel = 350 },
            Request with { Prompt = "the use of red" }, Request with { NegativePrompt = "" }, Request with { Guidance = 1 }, Request with { Seed = 8 }, Request with { Steps = 5 },
        ];

        var pictures = requests.Select(request => Convert.ToHexString(FamilyTests.Paint(pipeline, request).Pixels)).ToArray();

        Assert.Equal(requests.Length, pictures.Distinct().Count());
        Assert.Equal(["upscale"], pipeline.Pipelines);
        Assert.Equal(4, pipeline.GivenScale);
        Assert.Equal((96, 64), (pipeline.WarmUp(96, 64, CancellationToken.None).Width, pipeline.WarmUp(96, 64, CancellationToken.None).Height));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(20)]
    [InlineData(300)]
    public async Task The_UNet_sees_the_latents_and_the_small_picture_under_noise_as_plain_code_computes_them(int level)
    {
        var pipeline = await families.GetAsync("upscale");
        var folder = ModelFolder.Open(families.Write("upscale"));
        using var text = ClipTextEncoder.Load(folder, new SessionSettings(1));
        using var unet = OnnxGraph.Load(folder, "unet/model.onnx", new SessionSettings(1), [], []);
        using var options = new RunOptions();
        var noise = NoiseSources.Create(folder.Manifest.Noise, 7);
        var (small, over, latents) = (Request.Image!, new float[3 * 24 * 16], new float[4 * 24 * 16]);
        noise.Fill(over);
        noise.Fill(latents);
        // Betas of the low-resolution scheduler: squares of what lies evenly between the roots of 0.0001 and 0.02.
        var signal = Enumerable.Range(0, level + 1).Aggregate(1.0, (product, t) => product * (1 - Math.Pow(0.01 + (t * (Math.Sqrt(0.02) - 0.01) / 999), 2)));
        using var sample = new HostTensor<float>(2, 7, 16, 24);
        for (var row = 0; row < 2; row++)
        {
            var own = sample.Data[(row * 7 * 384)..];
            latents.CopyTo(own);
            for (var i = 0; i < over.Length; i++)
                own[(4 * 384) + i] = (float)((Math.Sqrt(signal) * ((small.Pixels[(i % 384 * 3) + (i / 384)] / 127.5) - 1)) + (Math.Sqrt(1 - signal) * over[i]));
        }
        var scheduler = SchedulerCatalogue.Create(SchedulerConfig.Parse(folder.ReadJson("scheduler/scheduler_config.json")), 1);
        var told = text.Encode(["the use", "a red house"], weighted: false, layersBack: 0, normalize: true, new RunClock(TimeProvider.System), options);
        using var states = new HostTensor<float>(2, told.Tokens, told.Width);
        using var time = new HostTensor<long>(1);
        using var labels = new HostTensor<long>(2);
        told.States.CopyTo(states.Data);
        time.Data.Fill((long)scheduler.Timesteps[0]);
        labels.Data.Fill(level);
        using var outputs = unet.Session.Run(options, ["sample", "timestep", "encoder_hidden_states", "class_labels"], [sample.Value, time.Value, states.Value, labels.Value], ["out_sample"]);
        var rows = outputs[0].GetTensorDataAsSpan<float>().ToArray();
        scheduler.Step(0, rows[..latents.Length].Zip(rows[latents.Length..], (n, p) => n + (3 * (p - n))).ToArray(), latents, noise);

        OneStep.AssertClose(latents, pipeline.Generate(Request with { Steps = 1, NoiseLevel = level }, null, CancellationToken.None).Latents);
    }

    [Fact]
    public async Task Several_levels_of_noise_share_a_batch()
    {
        var pipeline = await families.GetAsync("upscale");
        DiffusionRequest[] requests = [Request, Request with { NoiseLevel = 100 }, Request with { Seed = 9, Image = Pictures.Gradient(24, 16) with { Pixels = new byte[3 * 24 * 16] } }];

        var together = pipeline.Generate([.. requests.Select(request => new DiffusionJob(request, null, CancellationToken.None))]);

        for (var i = 0; i < requests.Length; i++) FamilyTests.AssertAlike(FamilyTests.Paint(pipeline, requests[i]), together[i].Unwrap().Image, 1);
    }

    [Fact]
    public async Task What_does_not_fit_is_refused()
    {
        var pipeline = await families.GetAsync("upscale");
        string Code(DiffusionRequest request) => Assert.Throws<InferenceException>(() => FamilyTests.Paint(pipeline, request)).Code;

        Assert.Equal("picture_missing", Code(Request with { Image = null }));
        Assert.Equal("mask_unsupported", Code(Request with { Mask = new byte[96 * 64] }));
        Assert.Equal("noise_level_unsupported", Code(Request with { NoiseLevel = 351 }));
        Assert.Equal("control_unsupported", Code(Request with { Control = new(Pictures.Gradient(96, 64)) }));
        foreach (var wrong in new[] { Request with { Image = Pictures.Gradient(96, 64) }, Request with { NoiseLevel = -1 }, Request with { Width = 98 } })
            Assert.Throws<ArgumentOutOfRangeException>(() => FamilyTests.Paint(pipeline, wrong));
    }

    [Theory]
    [InlineData("low_res_scheduler/scheduler_config.json", null, "file_missing", "low_res_scheduler")]
    [InlineData("low_res_scheduler/scheduler_config.json", """{"_class_name":"DDPMScheduler","beta_schedule":"unheard"}""", "config_invalid", "unheard")]
    [InlineData("model_index.json", """{"_class_name":"StableDiffusionLatentUpscalePipeline"}""", "config_invalid", "StableDiffusionLatentUpscalePipeline")]
    [InlineData("vae_decoder/config.json", """{"scaling_factor":0.08333,"block_out_channels":[]}""", "config_invalid", "block_out_channels")]
    public async Task Folders_that_do_not_fit_are_named(string file, string? text, string code, string words)
    {
        var path = families.Write("upscale");
        var folder = TinyFolder.Reopen(path);
        _ = text is null ? folder.Remove(file) : folder.Add(file, text);
        folder.Save();

        var error = await Assert.ThrowsAsync<ModelFolderException>(() => DiffusionPipeline.LoadAsync(ModelFolder.Open(path), new SessionSettings(1), TimeProvider.System));

        Assert.Equal(code, error.Code);
        Assert.Contains(words, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_UNet_that_knows_no_labels_is_no_upscaler()
    {
        var path = families.Write("upscale");
        TinyFolder.Reopen(path).Add("unet/model.onnx", TinyGraphs.Unet("x", 7, TinyDiffusion.Width, null, wholeTimesteps: true)).Save();

        var error = await Assert.ThrowsAsync<ModelFolderException>(() => DiffusionPipeline.LoadAsync(ModelFolder.Open(path), new SessionSettings(1), TimeProvider.System));

        Assert.Contains("class_labels", error.Message, StringComparison.Ordinal);
    }
}
