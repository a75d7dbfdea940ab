using System.Numerics.Tensors;
using Microsoft.ML.OnnxRuntime;
using Niche.Inference.Models;
using Niche.Inference.Schedulers;

namespace Niche.Inference.Diffusion;

/// <summary>
/// Classifier-free guidance around a denoiser: both prompts in one batch, or one after the other where memory is short (the same result to
/// the last bits that batching moves).
/// </summary>
internal sealed class GuidedDenoiser : IDisposable
{
    private readonly Denoiser _prompt;
    private readonly Denoiser? _negative;
    private readonly float _guidance;
    private readonly float _rescale;
    private readonly float[] _kept;

    private GuidedDenoiser(Denoiser prompt, Denoiser? negative, float guidance, float rescale, int latent) =>
        (_prompt, _negative, _guidance, _rescale, _kept) = (prompt, negative, guidance, rescale, new float[negative is null ? 0 : latent]);

    /// <summary>Takes over the conditioning.</summary>
    /// <param name="conditioning">One row, or two of which the first is the negative prompt's.</param>
    /// <param name="sequential">Whether two rows run one after the other.</param>
    /// <param name="make">Binds a denoiser to some rows.</param>
    /// <param name="request">Carries guidance and rescale.</param>
    /// <param name="latent">Numbers in a picture's latents.</param>
    public static GuidedDenoiser Create(
        Conditioning conditioning, bool sequential, Func<Conditioning, Denoiser> make, DiffusionRequest request, int latent)
    {
        var (guidance, rescale) = ((float)request.Guidance, (float)request.GuidanceRescale);
        if (conditioning.Rows == 1 || !sequential) return new GuidedDenoiser(make(conditioning), null, guidance, rescale, latent);
        using (conditioning) return new GuidedDenoiser(make(conditioning.Row(1)), make(conditioning.Row(0)), guidance, rescale, latent);
    }

    /// <summary>Predicts at one timestep and applies guidance. The span is overwritten by the next call.</summary>
    public ReadOnlySpan<float> Predict(IScheduler scheduler, int index, ReadOnlySpan<float> latents, RunClock clock, RunOptions options)
    {
        if (_negative is not null)
        {
            _negative.Predict(scheduler, index, latents, clock, options).CopyTo(_kept);
            var alone = _prompt.Predict(scheduler, index, latents, clock, options);
            Guide(_kept, alone);
            return alone;
        }
        var rows = _prompt.Predict(scheduler, index, latents, clock, options);
        if (_prompt.Rows == 1) return rows;
        Guide(rows[..latents.Length], rows[latents.Length..]);
        return rows[latents.Length..];
    }

    public void Dispose()
    {
        _prompt.Dispose();
        _negative?.Dispose();
    }

    // negative + g * (prompt - negative), written over the prompt's prediction.
    private void Guide(ReadOnlySpan<float> negative, Span<float> prompt)
    {
        var contrast = _rescale > 0 ? Spread(prompt) : 0;
        TensorPrimitives.Subtract(prompt, negative, prompt);
        TensorPrimitives.MultiplyAdd(prompt, _guidance, negative, prompt);
        if (_rescale <= 0) return;
        var guided = Spread(prompt);
        if (guided > 0) TensorPrimitives.Multiply(prompt, 1 - _rescale + (_rescale * contrast / guided), prompt);
    }

    private static float Spread(ReadOnlySpan<float> values)
    {
        var mean = TensorPrimitives.Sum(values) / values.Length;
        return MathF.Sqrt(Math.Max(0, (TensorPrimitives.SumOfSquares(values) / values.Length) - (mean * mean)));
    }
}
