using Niche.Inference.Random;

namespace Niche.Inference.Schedulers;

/// <summary>
/// The sampling rule of one picture: which timesteps the denoiser sees and how its output moves the latents.
/// An instance belongs to one run and may keep history; it computes over spans and allocates nothing in <see cref="Step"/>.
/// </summary>
public interface IScheduler
{
    /// <summary>Timesteps in the order of use. Second-order rules list a timestep twice.</summary>
    ReadOnlySpan<float> Timesteps { get; }

    /// <summary>Where a run that leaves out its first steps begins in <see cref="Timesteps"/>.</summary>
    /// <param name="step">Steps left out.</param>
    int IndexOf(int step) => step;

    /// <summary>Standard deviation of the first latents.</summary>
    float InitialNoiseSigma { get; }

    /// <summary>Writes the latents as the denoiser wants to see them at a step.</summary>
    /// <param name="index">Position in <see cref="Timesteps"/>.</param>
    /// <param name="sample">Latents.</param>
    /// <param name="scaled">Receives the input of the denoiser, same length.</param>
    void ScaleModelInput(int index, ReadOnlySpan<float> sample, Span<float> scaled);

    /// <summary>Turns clean latents into what a run that starts at a step expects, in place.</summary>
    /// <param name="index">Position in <see cref="Timesteps"/>; one that <see cref="IndexOf"/> gives.</param>
    /// <param name="noise">Standard normal noise, same length.</param>
    /// <param name="clean">Clean latents, replaced by noisy ones.</param>
    void AddNoise(int index, ReadOnlySpan<float> noise, Span<float> clean);

    /// <summary>Moves the latents one step towards the picture, in place.</summary>
    /// <param name="index">Position in <see cref="Timesteps"/>.</param>
    /// <param name="modelOutput">The denoiser's output after guidance.</param>
    /// <param name="sample">Latents, replaced by those of the next step.</param>
    /// <param name="noise">Source for rules that add noise; others leave it untouched.</param>
    void Step(int index, ReadOnlySpan<float> modelOutput, Span<float> sample, INoiseSource noise);
}
