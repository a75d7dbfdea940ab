using System.Numerics.Tensors;
using Microsoft.ML.OnnxRuntime;
using Niche.Inference.Models;

namespace Niche.Inference.Diffusion;

/// <summary>
/// Classifier-free guidance around a denoiser: both prompts in one batch, or one after the other where memory is short (the same result to
/// the last bits that batching moves).
/// </summary>
internal sealed class GuidedDenoiser : IDisposable
{
    private readonly Denoiser _prompt;
    private readonly Denoiser? _negative;
    private readonly PaintedPicture[] _pictures;
    private readonly float[] _kept;

    private GuidedDenoiser(Denoiser prompt, Denoiser? negative, PaintedPicture[] pictures) =>
        (_prompt, _negative, _pictures, _kept) = (prompt, negative, pictures, new float[negative is null ? 0 : pictures.Length * pictures[0].Latents.Length]);

    /// <summary>Binds the pictures.</summary>
    /// <param name="pictures">Pictures of an equal form.</param>
    /// <param name="sequential">Whether the rows of negative prompts and of prompts run one after the other.</param>
    /// <param name="make">Binds a denoiser to some rows, which it takes over.</param>
    public static GuidedDenoiser Create(PaintedPicture[] pictures, bool sequential, Func<Conditioning, Denoiser> make)
    {
        var all = Conditioning.Join(Array.ConvertAll(pictures, picture => picture.Conditioning));
        if (all.Rows == pictures.Length || !sequential) return new GuidedDenoiser(make(all), null, pictures);
        using (all) return new GuidedDenoiser(make(all.Part(pictures.Length, pictures.Length)), make(all.Part(0, pictures.Length)), pictures);
    }

    /// <summary>Predicts at one timestep and applies guidance: a prediction a picture, one after the other. The span is overwritten by the next call.</summary>
    public ReadOnlySpan<float> Predict(int index, RunClock clock, RunOptions options)
    {
        if (_negative is not null)
        {
            _negative.Predict(_pictures, index, clock, options).CopyTo(_kept);
            var alone = _prompt.Predict(_pictures, index, clock, options);
            Guide(_kept, alone);
            return alone;
        }
        var rows = _prompt.Predict(_pictures, index, clock, options);
        if (_prompt.Rows == _pictures.Length) return rows;
        var half = rows.Length / 2;
        Guide(rows[..half], rows[half..]);
        return rows[half..];
    }

    public void Dispose()
    {
        _prompt.Dispose();
        _negative?.Dispose();
    }

    private void Guide(ReadOnlySpan<float> negative, Span<float> prompt)
    {
        var latent = prompt.Length / _pictures.Length;
        for (var i = 0; i < _pictures.Length; i++)
            Guide(negative.Slice(i * latent, latent), prompt.Slice(i * latent, latent), (float)_pictures[i].Request.Guidance, (float)_pictures[i].Request.GuidanceRescale);
    }

    // negative + g * (prompt - negative), written over the prompt's prediction.
    private static void Guide(ReadOnlySpan<float> negative, Span<float> prompt, float guidance, float rescale)
    {
        var contrast = rescale > 0 ? Spread(prompt) : 0;
        TensorPrimitives.Subtract(prompt, negative, prompt);
        TensorPrimitives.MultiplyAdd(prompt, guidance, negative, prompt);
        if (rescale <= 0) return;
        var guided = Spread(prompt);
        if (guided > 0) TensorPrimitives.Multiply(prompt, 1 - rescale + (rescale * contrast / guided), prompt);
    }

    private static float Spread(ReadOnlySpan<float> values)
    {
        var mean = TensorPrimitives.Sum(values) / values.Length;
        return MathF.Sqrt(Math.Max(0, (TensorPrimitives.SumOfSquares(values) / values.Length) - (mean * mean)));
    }
}
