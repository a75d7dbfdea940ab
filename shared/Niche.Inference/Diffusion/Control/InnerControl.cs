using Microsoft.ML.OnnxRuntime;
using Niche.Inference.Images;
using Niche.Inference.Models;

namespace Niche.Inference.Diffusion.Control;

/// <summary>
/// A ControlNet inside the graph of its UNet, as diffusers' own script exports the two: the graph takes <c>controlnet_conds</c>, a picture for every
/// ControlNet and row, and <c>conditioning_scales</c>, a number for every ControlNet that all rows share.
/// </summary>
internal sealed class InnerControl : IControl
{
    public const string Pictures = "controlnet_conds";
    public const string Scales = "conditioning_scales";

    private InnerControl()
    {
    }

    /// <summary>The control inside a UNet; null when there is none.</summary>
    /// <exception cref="ModelFolderException">There are several, or another one lies beside the UNet.</exception>
    public static InnerControl? Of(ModelFolder folder, OnnxGraph unet)
    {
        if (!unet.Session.InputMetadata.ContainsKey(Pictures)) return null;
        if (!unet.Session.InputMetadata.ContainsKey(Scales)) throw new ModelFolderException("graph_invalid", unet.File, $"the graph takes {Pictures} but no {Scales}");
        if (unet.InputAxis(Pictures, 0) is > 1 and var count)
            throw new ModelFolderException("graph_invalid", unet.File, $"the graph has {count} ControlNets inside; one is supported");
        if (folder.Has(ControlNet.File))
            throw new ModelFolderException("graph_invalid", unet.File, $"this UNet was exported with its ControlNet inside ({Pictures}), and the folder has {ControlNet.File} too; keep one");
        return new InnerControl();
    }

    public bool Modes => false;

    public object? Shared(ControlPicture? picture) => picture is null ? null : (picture.Scale, picture.Start, picture.End);

    public void Require(ControlPicture? picture)
    {
        if (picture?.Guess == true)
            throw new InferenceException("control_guess_unsupported", "This model's ControlNet lies inside its UNet, where it can not guess; leave guessing out.");
        if (picture?.Mode is not null)
            throw new InferenceException("control_mode_unsupported", "This model's ControlNet knows one kind of picture; leave the mode out.");
    }

    public float[] See(RgbImage image, ReadOnlySpan<long> shape, Func<RgbImage, bool, float[]> encode) => ShownForm.Colours.See(image, shape, encode);

    public IControlRun Bind(OnnxGraph denoiser, Conditioning rows, ReadOnlySpan<long> shape, IReadOnlyList<PaintedPicture> pictures, RunOptions options) => new Run(rows.Rows, pictures);

    public void Dispose()
    {
        // The graph is the UNet's.
    }

    private sealed class Run : IControlRun
    {
        private readonly HostTensor<float> _pictures;
        private readonly HostTensor<float> _scale = new(1, 1);

        public Run(int rows, IReadOnlyList<PaintedPicture> pictures)
        {
            _pictures = new HostTensor<float>(1, rows, 3, pictures[0].Request.Height, pictures[0].Request.Width);
            for (var row = 0; row < rows; row++) pictures[row % pictures.Count].Shown.CopyTo(_pictures.Data[(row * _pictures.Data.Length / rows)..]);
        }

        public void Join(StepBinding denoiser)
        {
            denoiser.Changing(Scales, _scale.Value);
            denoiser.Constant(Pictures, _pictures.Value);
        }

        public void Prepare(IReadOnlyList<PaintedPicture> pictures, int index, float timestep, ReadOnlySpan<float> input, RunClock clock, RunOptions options) =>
            _scale.Data[0] = pictures[0].ControlScale(index);

        public void Dispose()
        {
            _pictures.Dispose();
            _scale.Dispose();
        }
    }
}
