using Microsoft.ML.OnnxRuntime;

namespace Niche.Inference.Diffusion.Control;

/// <summary>What lets a picture say where things go, in whichever layout the model was exported.</summary>
internal interface IControl : IDisposable
{
    /// <summary>What pictures of one batch must have in common besides their form; null for nothing.</summary>
    object? Shared(ControlPicture? picture);

    /// <summary>Refuses what it can not do.</summary>
    /// <exception cref="Models.InferenceException">Says why.</exception>
    void Require(ControlPicture? picture);

    /// <summary>Puts it to work for the rows of a denoiser.</summary>
    IControlRun Bind(Conditioning rows, ReadOnlySpan<long> shape, IReadOnlyList<PaintedPicture> pictures, RunOptions options);
}
