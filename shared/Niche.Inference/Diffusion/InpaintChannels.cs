using Microsoft.ML.OnnxRuntime;
using Niche.Inference.Images;
using Niche.Inference.Models;

namespace Niche.Inference.Diffusion;

/// <summary>
/// The extra channels of a denoiser that was trained to inpaint: the mask, and the latents of the picture with the masked part greyed out. Other
/// denoisers have none, and what must stay is put back after every step instead.
/// </summary>
internal static class InpaintChannels
{
    public static float[] Of(PipelineParts parts, DiffusionRequest request, ReadOnlySpan<long> shape, RunClock clock, RunOptions options)
    {
        if (!parts.Inpaints) return [];
        if (request is not { Image: { } image, Mask: { } mask })
            throw new InferenceException("picture_missing", "This model was trained to inpaint: it needs a picture and a mask.");
        var painted = GivenPicture.Shrink(mask, request.Width, shape);
        return [.. painted.Select(paint => paint ? 1f : 0f), .. parts.Encoder.EncodeScaled(Grey(image, mask), clock, options)];
    }

    // Zero between -1 and 1.
    private static RgbImage Grey(RgbImage image, ReadOnlySpan<byte> mask)
    {
        var pixels = (byte[])image.Pixels.Clone();
        for (var i = 0; i < mask.Length; i++)
        {
            if (mask[i] > 127) pixels.AsSpan(3 * i, 3).Fill(127);
        }
        return image with { Pixels = pixels };
    }
}
