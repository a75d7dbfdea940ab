using Microsoft.ML.OnnxRuntime;
using Niche.Inference.Models;

namespace Niche.Inference.Diffusion;

/// <summary>
/// SDXL (Podell et al., 2023): the layers before the last of both encoders side by side, the second one's pooled vector, and the sizes that
/// the picture pretends to have had before and after cropping.
/// </summary>
internal sealed class XlConditioner(ClipTextEncoder first, ClipTextEncoder second, bool zeroEmptyNegative) : IConditioner
{
    public static async Task<IConditioner> LoadAsync(ModelFolder folder, SessionSettings settings, bool zeroEmptyNegative)
    {
        var first = Task.Run(() => ClipTextEncoder.Load(folder, settings));
        var second = Task.Run(() => ClipTextEncoder.Load(folder, settings, "_2", "text_embeds"));
        return new XlConditioner(await first, await second, zeroEmptyNegative);
    }

    public Conditioning Encode(DiffusionRequest request, bool guided, RunClock clock, RunOptions options)
    {
        var prompts = request.Prompts(guided);
        var back = 1 + request.ClipSkip;
        var one = first.Encode(prompts, request.WeightedPrompt, back, normalize: false, clock, options);
        var two = second.Encode(prompts, request.WeightedPrompt, back, normalize: false, clock, options);
        var text = (one with { Pooled = [] }).Beside(two);
        if (guided && zeroEmptyNegative && request.NegativePrompt.Length == 0) text.Silence(0);
        float[] size = [request.Height, request.Width, 0, 0, request.Height, request.Width];
        return new Conditioning(text.Rows)
            .With("encoder_hidden_states", text.States, text.Rows, text.Tokens, text.Width)
            .With("text_embeds", text.Pooled, text.Rows, text.PooledWidth)
            .With("time_ids", text.Rows == 2 ? [.. size, .. size] : size, text.Rows, size.Length);
    }

    public void Dispose()
    {
        first.Dispose();
        second.Dispose();
    }
}
