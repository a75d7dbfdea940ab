using Microsoft.ML.OnnxRuntime;
using Niche.Inference.Models;

namespace Niche.Inference.Diffusion;

/// <summary>
/// SD3 (Esser et al., 2024): the layers before the last of both CLIP encoders side by side, filled up to T5's width, then T5's tokens; both
/// pooled vectors. T5 is large and may be left out of a folder: zeros take its place.
/// </summary>
internal sealed class StableDiffusion3Conditioner(ClipTextEncoder first, ClipTextEncoder second, T5TextEncoder? third, int width) : IConditioner
{
    private const int LongestT5 = 256;

    public static async Task<IConditioner> LoadAsync(ModelFolder folder, SessionSettings settings)
    {
        var first = Task.Run(() => ClipTextEncoder.Load(folder, settings, "", "text_embeds"));
        var second = Task.Run(() => ClipTextEncoder.Load(folder, settings, "_2", "text_embeds"));
        var third = folder.Manifest.Files.ContainsKey("text_encoder_3/model.onnx")
            ? Task.Run(T5TextEncoder? () => T5TextEncoder.Load(folder, settings, "_3", LongestT5)) : Task.FromResult<T5TextEncoder?>(null);
        var width = folder.ReadJson("transformer/config.json").TryGetProperty("joint_attention_dim", out var json) && json.TryGetInt32(out var stated) ? stated : 4096;
        return new StableDiffusion3Conditioner(await first, await second, await third, width);
    }

    public Conditioning Encode(DiffusionRequest request, bool guided, RunClock clock, RunOptions options)
    {
        var prompts = request.Prompts(guided);
        var back = 1 + request.ClipSkip;
        var clip = first.Encode(prompts, request.WeightedPrompt, back, normalize: false, clock, options)
            .Beside(second.Encode(prompts, request.WeightedPrompt, back, normalize: false, clock, options));
        var t5 = third?.Encode(request.PlainPrompts(guided), clock, options) ?? new EncodedText(new float[clip.Rows * LongestT5 * width], clip.Rows, LongestT5, width, []);
        var text = clip.Before(t5);
        return new Conditioning(text.Rows)
            .With("encoder_hidden_states", text.States, text.Rows, text.Tokens, text.Width)
            .With("pooled_projections", text.Pooled, text.Rows, text.PooledWidth);
    }

    public void Dispose()
    {
        first.Dispose();
        second.Dispose();
        third?.Dispose();
    }
}
