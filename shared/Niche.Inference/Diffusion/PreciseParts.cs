using Niche.Inference.Diffusion.Control;
using Niche.Inference.Models;

namespace Niche.Inference.Diffusion;

/// <summary>The parts of a folder that there are in single precision, for the one picture in many whose latents are not finite.</summary>
internal sealed class PreciseParts : IDisposable
{
    private readonly OnnxGraph? _denoiser;
    private readonly OnnxGraph? _refiner;
    private readonly ControlNet? _control;

    private PreciseParts(OnnxGraph? denoiser, OnnxGraph? refiner, ControlNet? control, PipelineParts usual)
    {
        (_denoiser, _refiner, _control) = (denoiser, refiner, control);
        (Denoiser, Refiner, Control) = (denoiser ?? usual.Denoiser, refiner ?? usual.Refiner?.Denoiser, control ?? usual.Control);
    }

    public OnnxGraph Denoiser { get; }

    public OnnxGraph? Refiner { get; }

    public IControl? Control { get; }

    /// <summary>Loads what there is; null when there is nothing.</summary>
    /// <param name="folder">A verified folder.</param>
    /// <param name="settings">How the usual parts run.</param>
    /// <param name="usual">The usual parts, which serve where there is no other.</param>
    /// <exception cref="ModelFolderException">A graph does not load or does not fit.</exception>
    public static PreciseParts? Load(ModelFolder folder, SessionSettings settings, PipelineParts usual)
    {
        var form = DenoiserForm.Of(usual.Family);
        OnnxGraph? Graph(ModelFolder from) =>
            PreciseGraph.Of(from, form.File, settings) is { } precise ? (form with { File = precise.File }).Load(from, precise.Settings, usual.Family) : null;
        var denoiser = Graph(folder);
        var refiner = usual.Refiner is null ? null : Graph(Diffusion.Refiner.FolderOf(folder));
        var control = usual.Control is not null && PreciseGraph.Of(folder, ControlNet.File, settings) is { } net
            ? ControlNet.Load(folder, net.Settings, denoiser ?? usual.Denoiser, usual.Family, net.File) : null;
        return denoiser is null && refiner is null && control is null ? null : new PreciseParts(denoiser, refiner, control, usual);
    }

    public void Dispose()
    {
        _denoiser?.Dispose();
        _refiner?.Dispose();
        _control?.Dispose();
    }
}
