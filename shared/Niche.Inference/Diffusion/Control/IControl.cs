using Microsoft.ML.OnnxRuntime;
using Niche.Inference.Images;
using Niche.Inference.Models;

namespace Niche.Inference.Diffusion.Control;

/// <summary>What lets a picture say where things go, in whichever layout the model was exported.</summary>
internal interface IControl : IDisposable
{
    /// <summary>Whether it was trained for several kinds of pictures and must be told which one it sees.</summary>
    bool Modes { get; }

    /// <summary>What pictures of one batch must have in common besides their form; null for nothing.</summary>
    object? Shared(ControlPicture? picture);

    /// <summary>Refuses what it can not do.</summary>
    /// <exception cref="InferenceException">Says why.</exception>
    void Require(ControlPicture? picture);

    /// <summary>What it sees of a picture.</summary>
    /// <param name="image">The picture, of the size that comes out.</param>
    /// <param name="shape">[channels, height, width] of the latents.</param>
    /// <param name="encode">Latents of a picture, and whether they are shifted to mean zero.</param>
    float[] See(RgbImage image, ReadOnlySpan<long> shape, Func<RgbImage, bool, float[]> encode);

    /// <summary>Puts it to work for the rows of a denoiser.</summary>
    /// <param name="denoiser">The denoiser's graph.</param>
    /// <param name="rows">What the denoiser is told; it must live as long.</param>
    /// <param name="shape">[channels, height, width] of the latents.</param>
    /// <param name="pictures">The pictures that share the run.</param>
    /// <param name="options">Carries the callers' wish to stop.</param>
    IControlRun Bind(OnnxGraph denoiser, Conditioning rows, ReadOnlySpan<long> shape, IReadOnlyList<PaintedPicture> pictures, RunOptions options);
}
