using Microsoft.ML.OnnxRuntime;
using Niche.Inference.Models;

namespace Niche.Inference.Diffusion.Control;

/// <summary>A control at work for the rows of one denoiser.</summary>
internal interface IControlRun : IDisposable
{
    /// <summary>Adds its inputs to those of the denoiser.</summary>
    void Join(StepBinding denoiser);

    /// <summary>Writes the inputs of one step.</summary>
    /// <param name="pictures">As many as at the start, in the same order.</param>
    /// <param name="index">The step.</param>
    /// <param name="timestep">What the denoiser is told.</param>
    /// <param name="input">The denoiser's input: rows that begin with the scaled latents.</param>
    /// <param name="clock">Counts the time inside graphs.</param>
    /// <param name="options">Carries the callers' wish to stop.</param>
    void Prepare(IReadOnlyList<PaintedPicture> pictures, int index, float timestep, ReadOnlySpan<float> input, RunClock clock, RunOptions options);
}
