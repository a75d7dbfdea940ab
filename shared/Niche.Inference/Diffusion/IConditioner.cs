using Microsoft.ML.OnnxRuntime;
using Niche.Inference.Models;

namespace Niche.Inference.Diffusion;

/// <summary>Turns the words of a request into what the denoiser of its family wants to be told.</summary>
internal interface IConditioner : IDisposable
{
    /// <summary>Encodes the prompt, and the negative prompt before it when the run is guided.</summary>
    /// <param name="request">The picture.</param>
    /// <param name="guided">Two rows instead of one.</param>
    /// <param name="clock">Counts the time inside graphs.</param>
    /// <param name="options">Carries the caller's wish to stop.</param>
    Conditioning Encode(DiffusionRequest request, bool guided, RunClock clock, RunOptions options);
}
