using Microsoft.ML.OnnxRuntime;
using Niche.Inference.Models;

namespace Niche.Inference.Diffusion;

/// <summary>
/// Flux: T5's tokens, CLIP's pooled vector, the place of every patch, and the guidance as a number where the model was distilled to take it so.
/// There is no negative prompt.
/// </summary>
internal sealed class FluxConditioner(ClipTextEncoder clip, T5TextEncoder t5) : IConditioner
{
    private const int LongestT5 = 512;
    private const int Places = 3;

    public static async Task<IConditioner> LoadAsync(ModelFolder folder, SessionSettings settings)
    {
        var clip = Task.Run(() => ClipTextEncoder.Load(folder, settings, "", "pooler_output", "last_hidden_state"));
        var t5 = Task.Run(() => T5TextEncoder.Load(folder, settings, "_2", LongestT5));
        return new FluxConditioner(await clip, await t5);
    }

    public Conditioning Encode(DiffusionRequest request, bool guided, RunClock clock, RunOptions options)
    {
        var prompt = request.PlainPrompts(guided: false);
        var pooled = clip.Encode(prompt, weighted: false, layersBack: 0, normalize: false, clock, options);
        var text = t5.Encode(prompt, clock, options);
        var (columns, rows) = (request.Width / PatchLatents.Pixels, request.Height / PatchLatents.Pixels);
        var places = new float[rows * columns * Places];
        for (var patch = 0; patch < rows * columns; patch++)
            (places[(patch * Places) + 1], places[(patch * Places) + 2]) = (patch / columns, patch % columns);
        return new Conditioning(1)
            .With("encoder_hidden_states", text.States, 1, text.Tokens, text.Width)
            .With("pooled_projections", pooled.Pooled, 1, pooled.PooledWidth)
            .WithShared("txt_ids", new float[text.Tokens * Places], text.Tokens, Places)
            .WithShared("img_ids", places, rows * columns, Places)
            .With("guidance", [(float)request.Guidance], 1);
    }

    public void Dispose()
    {
        clip.Dispose();
        t5.Dispose();
    }
}
