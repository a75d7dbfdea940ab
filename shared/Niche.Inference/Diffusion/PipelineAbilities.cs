using Niche.Inference.Diffusion.Control;
using Niche.Inference.Diffusion.ImagePrompts;
using Niche.Inference.Images;
using Niche.Inference.Models;

namespace Niche.Inference.Diffusion;

/// <summary>What the parts of a folder can paint and what they need for it.</summary>
internal sealed class PipelineAbilities(PipelineParts parts)
{
    /// <summary>In the words of manifests and requests.</summary>
    public IReadOnlyList<string> Names { get; } =
    [
        .. Ways(parts), .. parts.Control is null ? Array.Empty<string>() : [PipelineNames.Control], .. parts.Adapter is null ? Array.Empty<string>() : [PipelineNames.ImagePrompt],
        .. parts.Refiner is null ? Array.Empty<string>() : [PipelineNames.Refine],
    ];

    /// <summary>Refuses what the parts can not do.</summary>
    /// <exception cref="InferenceException">Says what is missing.</exception>
    public void Require(DiffusionRequest request)
    {
        if (request.Control is not null && parts.Control is null)
            throw new InferenceException("control_unsupported", "This model has no ControlNet, so no picture can say where things go.");
        parts.Control?.Require(request.Control);
        if (request.ImagePrompt is not null && parts.Adapter is null)
            throw new InferenceException("image_prompt_unsupported", "This model has no IP-Adapter, so no picture can speak beside the words.");
        if (request.RefineFrom is not null && parts.Refiner is null)
            throw new InferenceException("refiner_unsupported", "This model has no refiner that could take over.");
        parts.Upscaler?.Require(request);
        if (parts.NeedsPicture && request.Image is null)
            throw new InferenceException("picture_missing", "This model was trained to refine: it needs a picture to start from.");
        parts.Adapter?.Require(request.ImagePrompt);
    }

    /// <summary>A request with all that the parts need or can take, so that every graph runs: of one step, or of one for each of two experts.</summary>
    public DiffusionRequest Trial(int width, int height) => Example(width, height) with
    {
        Steps = parts.Refiner is null ? 1 : 2,
        RefineFrom = parts.Refiner is null ? null : 0.5,
        Control = parts.Control is null ? null : new ControlPicture(new RgbImage(width, height, new byte[3 * width * height])) { Mode = parts.Control.Modes ? 0 : null },
    };

    /// <summary>A request of one step with all that the parts need, and a picture beside the words where there may be one.</summary>
    public DiffusionRequest Example(int width, int height)
    {
        var shrink = parts.Upscaler is null ? 1 : parts.Decoder.Config.Scale;
        var black = parts.Inpaints || parts.NeedsPicture || parts.Upscaler is not null ? new RgbImage(width / shrink, height / shrink, new byte[3 * (width / shrink) * (height / shrink)]) : null;
        return new DiffusionRequest("", "", 0, 1, 4, width, height)
        {
            Image = black, Mask = parts.Inpaints ? new byte[width * height] : null,
            ImagePrompt = parts.Adapter is null ? null : new ImagePrompt(new RgbImage(1, 1, new byte[3])),
        };
    }

    private static string[] Ways(PipelineParts parts) => parts.Upscaler is not null ? [PipelineNames.Upscale]
        : parts.Inpaints ? [PipelineNames.Inpaint]
        : parts.NeedsPicture ? [PipelineNames.FromImage, PipelineNames.Inpaint]
        : parts.HasEncoder ? [PipelineNames.FromWords, PipelineNames.FromImage, PipelineNames.Inpaint]
        : [PipelineNames.FromWords];
}
