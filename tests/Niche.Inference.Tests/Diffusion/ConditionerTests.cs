using CsCheck;
using Microsoft.ML.OnnxRuntime;
using Niche.Inference.Diffusion;
using Niche.Inference.Models;
using Niche.Inference.Tokenizers;

namespace Niche.Inference.Tests.Diffusion;

/// <summary>What each family's denoiser is told, number by number, against the encoders' graphs run on their own.</summary>
public sealed class ConditionerTests(TinyFamilies families)
{
    private const int Window = 16;
    private static readonly SessionSettings Settings = new(1);
    private static readonly DiffusionRequest Request = new("a red house", "the use", 7, 4, 4, 96, 64);

    [Fact]
    public async Task SDXL_hears_both_encoders_side_by_side_and_the_sizes()
    {
        var folder = ModelFolder.Open(families.Write("xl"));
        using var conditioner = await XlConditioner.LoadAsync(folder, Settings, new PipelineIndex(PipelineFamily.StableDiffusionXl, ZeroEmptyNegative: true, Aesthetic: false));
        using var told = Encode(conditioner, Request);

        var one = Run(folder, "text_encoder", "tokenizer/", Request.Prompt, "hidden_states.2");
        var two = Run(folder, "text_encoder_2", "tokenizer_2/", Request.Prompt, "hidden_states.2");
        var row = Input(told, "encoder_hidden_states").AsSpan(Window * 32);
        for (var token = 0; token < Window; token++)
        {
            AssertClose(one.AsSpan(token * 12, 12), row.Slice(token * 32, 12));
            AssertClose(two.AsSpan(token * 20, 20), row.Slice((token * 32) + 12, 20));
        }
        AssertClose(Run(folder, "text_encoder_2", "tokenizer_2/", Request.Prompt, "text_embeds"), Input(told, "text_embeds").AsSpan(10));
        Assert.Equal([64, 96, 0, 0, 64, 96, 64, 96, 0, 0, 64, 96], Input(told, "time_ids"));
    }

    [Fact]
    public async Task SDXL_hears_nothing_from_an_empty_negative_prompt()
    {
        using var conditioner = await XlConditioner.LoadAsync(ModelFolder.Open(families.Write("xl")), Settings, new PipelineIndex(PipelineFamily.StableDiffusionXl, ZeroEmptyNegative: true, Aesthetic: false));
        using var told = Encode(conditioner, Request with { NegativePrompt = "" });

        Assert.All(Input(told, "encoder_hidden_states").Take(Window * 32), value => Assert.Equal(0, value));
        Assert.All(Input(told, "text_embeds").Take(10), value => Assert.Equal(0, value));
        Assert.Contains(Input(told, "encoder_hidden_states"), value => value != 0);
    }

    [Fact]
    public async Task SD3_hears_CLIP_filled_up_with_zeros_and_then_T5()
    {
        var folder = ModelFolder.Open(families.Write("sd3"));
        using var conditioner = await StableDiffusion3Conditioner.LoadAsync(folder, Settings);
        using var told = Encode(conditioner, Request);

        var states = Input(told, "encoder_hidden_states").AsSpan((Window + 24) * 40);
        var clip = Run(folder, "text_encoder", "tokenizer/", Request.Prompt, "hidden_states.2");
        AssertClose(clip.AsSpan(12, 12), states.Slice(40, 12));
        Assert.All(states.Slice(40 + 32, 8).ToArray(), value => Assert.Equal(0, value));
        var t5 = T5Tokenizer.Load(folder, "tokenizer_3/", 256).Encode(Request.Prompt);
        AssertClose(Run(folder, "text_encoder_3", t5, "last_hidden_state"), states[(Window * 40)..]);
        float[] pooled =
        [
            .. Run(folder, "text_encoder", "tokenizer/", Request.Prompt, "text_embeds"), .. Run(folder, "text_encoder_2", "tokenizer_2/", Request.Prompt, "text_embeds"),
        ];
        AssertClose(pooled, Input(told, "pooled_projections").AsSpan(20));
    }

    [Fact]
    public async Task Flux_hears_where_every_patch_lies()
    {
        using var conditioner = await FluxConditioner.LoadAsync(ModelFolder.Open(families.Write("flux-dev")), Settings);
        using var told = Encode(conditioner, Request);

        var places = Input(told, "img_ids");
        Assert.Equal(4 * 6 * 3, places.Length);
        for (var patch = 0; patch < 24; patch++) Assert.Equal([0, patch / 6, patch % 6], places[(3 * patch)..(3 * (patch + 1))]);
        Assert.Equal([4], Input(told, "guidance"));
    }

    [Fact]
    public void Patches_hold_their_four_numbers_channel_by_channel() => Gen.Select(Gen.Int[1, 4], Gen.Int[1, 4], Gen.Int[1, 5]).Sample((channels, rows, columns) =>
    {
        long[] shape = [channels, 2 * rows, 2 * columns];
        var planes = Enumerable.Range(0, channels * 4 * rows * columns).Select(i => (float)i).ToArray();
        var (patches, back) = (new float[planes.Length], new float[planes.Length]);
        PatchLatents.Pack(planes, shape, patches);
        PatchLatents.Unpack(patches, shape, back);

        Assert.Equal(planes, back);
        for (var i = 0; i < patches.Length; i++)
        {
            var (patch, c, y, x) = (i / (4 * channels), i / 4 % channels, i / 2 % 2, i % 2);
            Assert.Equal(planes[(((c * 2 * rows) + (patch / columns * 2) + y) * 2 * columns) + (patch % columns * 2) + x], patches[i]);
        }
    });

    [Fact]
    public void A_skipped_layer_of_SD_goes_through_the_last_norm()
    {
        var folder = ModelFolder.Open(families.Write("sd15"));
        using var conditioner = StableDiffusionConditioner.Load(folder, Settings);
        using var plain = Encode(conditioner, Request);
        using var skipped = Encode(conditioner, Request with { ClipSkip = 1 });

        AssertClose(Run(folder, "text_encoder", "tokenizer/", Request.Prompt, "last_hidden_state"), Input(plain, "encoder_hidden_states").AsSpan(Window * 12));
        var path = folder.PathOf("text_encoder/model.onnx");
        var (scale, shift) = (OnnxTensors.Find(path, "final_layer_norm.weight")!, OnnxTensors.Find(path, "final_layer_norm.bias")!);
        var layer = Run(folder, "text_encoder", "tokenizer/", Request.Prompt, "hidden_states.2");
        for (var token = 0; token < Window; token++)
        {
            var states = layer.AsSpan(token * 12, 12).ToArray();
            var mean = states.Average();
            var deviation = Math.Sqrt(states.Average(value => Math.Pow(value - mean, 2)) + 1e-5);
            var expected = states.Select((value, i) => (float)(((value - mean) / deviation * scale[i]) + shift[i])).ToArray();
            AssertClose(expected, Input(skipped, "encoder_hidden_states").AsSpan((Window + token) * 12, 12));
        }
    }

    private static Conditioning Encode(IConditioner conditioner, DiffusionRequest request)
    {
        using var run = new CancellableRun(CancellationToken.None);
        return run.Do(options => conditioner.Encode(request, guided: true, new RunClock(TimeProvider.System), options));
    }

    private static float[] Input(Conditioning told, string name) => told.Inputs.Single(input => input.Name == name).Value.GetTensorDataAsSpan<float>().ToArray();

    private static float[] Run(ModelFolder folder, string encoder, string tokenizer, string prompt, string output) =>
        Run(folder, encoder, ClipTokenizer.Load(folder, tokenizer).Encode(prompt), output);

    private static float[] Run(ModelFolder folder, string encoder, int[] ids, string output)
    {
        using var session = new InferenceSession(folder.PathOf($"{encoder}/model.onnx"));
        using var options = new RunOptions();
        using var input = OrtValue.CreateTensorValueFromMemory(Array.ConvertAll(ids, id => (long)id), [1, ids.Length]);
        using var outputs = session.Run(options, ["input_ids"], [input], [output]);
        return outputs[0].GetTensorDataAsSpan<float>().ToArray();
    }

    private static void AssertClose(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (var i = 0; i < expected.Length; i++) Assert.Equal(expected[i], actual[i], 2e-5f);
    }
}
