using Microsoft.ML.OnnxRuntime;
using Niche.Inference.Models;

namespace Niche.Inference.Diffusion;

/// <summary>SD 1 and 2 and what was distilled from them.</summary>
internal sealed class StableDiffusionConditioner(ClipTextEncoder encoder) : IConditioner
{
    public static StableDiffusionConditioner Load(ModelFolder folder, SessionSettings settings) =>
        new(ClipTextEncoder.Load(folder, settings, "", "last_hidden_state"));

    public Conditioning Encode(DiffusionRequest request, bool guided, RunClock clock, RunOptions options)
    {
        var text = encoder.Encode(request.Prompts(guided), request.WeightedPrompt, request.ClipSkip, normalize: true, clock, options);
        return new Conditioning(text.Rows).With("encoder_hidden_states", text.States, text.Rows, text.Tokens, text.Width);
    }

    public void Dispose() => encoder.Dispose();
}
