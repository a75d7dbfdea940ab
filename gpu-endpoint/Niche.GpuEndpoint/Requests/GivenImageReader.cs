using System.Text.Json;
using Niche.GpuEndpoint.Engines;
using Niche.Inference.Images;
using Niche.Inference.Models;

namespace Niche.GpuEndpoint.Requests;

/// <summary>The picture, the mask and the strength of <c>img2img</c> and <c>inpaint</c>.</summary>
internal static class GivenImageReader
{
    private const string Picture = "conditional_image";
    private const string Covering = "mask_image";
    private static readonly ImageLimits Limits = new();
    private static readonly Bounds<double> Strengths = new(0.01, 1, 0.8);

    /// <summary>Null when the pipeline takes no picture, or an error was added.</summary>
    /// <exception cref="ImageException">The picture can not be read.</exception>
    public static GivenImage? Read(FieldReader fields, FieldReader parameters, string pipeline, int width, int height)
    {
        var file = Base64(fields, Picture);
        if (pipeline is not ("img2img" or "inpaint"))
        {
            if (file is not null) fields.Add(Picture, "conditional_image_unsupported", $"{pipeline} takes no picture; leave it out");
            return null;
        }
        var strength = parameters.Number("strength", Strengths, "strength_out_of_range");
        var mask = Base64(parameters, Covering);
        if (file is null) fields.Add(Picture, "conditional_image_missing", $"{pipeline} needs a picture: base64 of a PNG, JPEG or WebP");
        if (mask is null && pipeline == "inpaint") parameters.Add(Covering, "mask_missing", "inpaint needs a mask: a picture that is white where it is to be painted");
        if (file is null || (mask is null && pipeline == "inpaint")) return null;
        return new GivenImage(Fit(file, width, height), strength, pipeline == "inpaint" ? Cover(Fit(mask!, width, height)) : null);
    }

    private static byte[]? Base64(FieldReader fields, string name)
    {
        if (fields.Find(name) is not { } value || JsonText.Read(value) is "") return null;
        if (value.ValueKind == JsonValueKind.String && JsonText.Read(value) is not null && value.TryGetBytesFromBase64(out var bytes)) return bytes;
        return fields.Wrong<byte[]?>(name, "base64 of a picture", null);
    }

    // The largest middle part of the right proportions, shrunk or enlarged to the size.
    private static RgbImage Fit(byte[] file, int width, int height)
    {
        var image = ImageFile.Decode(file, Limits).Image;
        var columns = Math.Clamp((int)Math.Round((double)image.Height * width / height), 1, image.Width);
        var rows = Math.Clamp((int)Math.Round((double)image.Width * height / width), 1, image.Height);
        var (left, top) = ((image.Width - columns) / 2, (image.Height - rows) / 2);
        var pixels = new byte[3 * columns * rows];
        for (var y = 0; y < rows; y++)
            image.Pixels.AsSpan(3 * (((top + y) * image.Width) + left), 3 * columns).CopyTo(pixels.AsSpan(3 * y * columns));
        return AreaResampler.Resize(new RgbImage(columns, rows, pixels), width, height);
    }

    private static byte[] Cover(RgbImage mask)
    {
        var cover = new byte[mask.Width * mask.Height];
        for (var i = 0; i < cover.Length; i++) cover[i] = (byte)((mask.Pixels[3 * i] + mask.Pixels[(3 * i) + 1] + mask.Pixels[(3 * i) + 2]) / 3);
        return cover;
    }
}
