using Microsoft.ML.OnnxRuntime;
using Niche.Inference.Models;

namespace Niche.Inference.Diffusion;

/// <summary>
/// SDXL (Podell et al., 2023): the layers before the last of both encoders side by side, the second one's pooled vector, and the sizes that
/// the picture pretends to have had before and after cropping. The refiner has the second encoder alone, and in place of the size after cropping a
/// score of beauty: much for the prompt, little for the negative one.
/// </summary>
internal sealed class XlConditioner(ClipTextEncoder? first, ClipTextEncoder second, PipelineIndex index) : IConditioner
{
    private const float Beautiful = 6;
    private const float Ugly = 2.5f;

    public static async Task<IConditioner> LoadAsync(ModelFolder folder, SessionSettings settings, PipelineIndex index)
    {
        var alone = index.Aesthetic && !folder.Has("text_encoder/model.onnx");
        var first = alone ? Task.FromResult<ClipTextEncoder?>(null) : Task.Run(ClipTextEncoder? () => ClipTextEncoder.Load(folder, settings));
        var second = Task.Run(() => ClipTextEncoder.Load(folder, settings, "_2", "text_embeds"));
        return new XlConditioner(await first, await second, index);
    }

    public Conditioning Encode(DiffusionRequest request, bool guided, RunClock clock, RunOptions options)
    {
        var prompts = request.Prompts(guided);
        var back = 1 + request.ClipSkip;
        var one = first?.Encode(prompts, request.WeightedPrompt, back, normalize: false, clock, options);
        var two = second.Encode(prompts, request.WeightedPrompt, back, normalize: false, clock, options);
        var text = one is null ? two : (one with { Pooled = [] }).Beside(two);
        if (guided && index.ZeroEmptyNegative && request.NegativePrompt.Length == 0) text.Silence(0);
        var sizes = Enumerable.Range(0, text.Rows).SelectMany(row => Sizes(request, negative: row < text.Rows - 1)).ToArray();
        return new Conditioning(text.Rows)
            .With("encoder_hidden_states", text.States, text.Rows, text.Tokens, text.Width)
            .With("text_embeds", text.Pooled, text.Rows, text.PooledWidth)
            .With("time_ids", sizes, text.Rows, sizes.Length / text.Rows);
    }

    public void Dispose()
    {
        first?.Dispose();
        second.Dispose();
    }

    private float[] Sizes(DiffusionRequest request, bool negative) => index.Aesthetic
        ? [request.Height, request.Width, 0, 0, negative ? Ugly : Beautiful]
        : [request.Height, request.Width, 0, 0, request.Height, request.Width];
}
