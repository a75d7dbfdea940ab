using System.Text.Json;
using Niche.Inference.Images;
using Niche.Inference.Models;

namespace Niche.Inference.Diffusion.ImagePrompts;

/// <summary>What <c>feature_extractor/preprocessor_config.json</c> asks for: the shorter side is resized, the middle cut out, the colours normalized.</summary>
internal sealed class ClipPixels
{
    private const string File = "feature_extractor/preprocessor_config.json";
    private const int Largest = 1024;
    private const int MostLength = 4;
    private readonly int _shortest;
    private readonly float[] _mean;
    private readonly float[] _deviation;

    private ClipPixels(int shortest, int side, float[] mean, float[] deviation) => (_shortest, Side, _mean, _deviation) = (shortest, side, mean, deviation);

    /// <summary>Side of the square that the encoder sees.</summary>
    public int Side { get; }

    public static ClipPixels Load(ModelFolder folder)
    {
        try
        {
            var json = folder.ReadJson(File);
            var (shortest, side) = (SideOf(json.GetProperty("size"), "shortest_edge"), SideOf(json.GetProperty(json.TryGetProperty("crop_size", out _) ? "crop_size" : "size"), "height"));
            if (side < 1 || shortest < side || shortest > Largest) throw new FormatException($"size and crop_size must be 1 to {Largest}, the size not below");
            return new ClipPixels(shortest, side, Three(json, "image_mean"), Three(json, "image_std"));
        }
        catch (Exception e) when (e is KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new ModelFolderException("config_invalid", folder.PathOf(File), $"size, crop_size, image_mean and image_std are needed: {e.Message}", e);
        }
    }

    /// <summary>Writes planes R, G, B of the square.</summary>
    public void Write(RgbImage image, Span<float> planes)
    {
        var part = Middle(image);
        var shorter = Math.Min(part.Width, part.Height);
        var resized = BicubicResampler.Resize(part, part.Width * _shortest / shorter, part.Height * _shortest / shorter);
        var (left, top) = ((resized.Width - Side) / 2, (resized.Height - Side) / 2);
        for (var i = 0; i < Side * Side; i++)
        {
            var at = 3 * (((top + (i / Side)) * resized.Width) + left + (i % Side));
            for (var c = 0; c < 3; c++) planes[(c * Side * Side) + i] = ((resized.Pixels[at + c] / 255f) - _mean[c]) / _deviation[c];
        }
    }

    // What lies far from the middle square is not seen: without it a picture that is all length stays small.
    private static RgbImage Middle(RgbImage image)
    {
        var (width, height) = (Math.Min(image.Width, MostLength * image.Height), Math.Min(image.Height, MostLength * image.Width));
        if ((width, height) == (image.Width, image.Height)) return image;
        var (left, top) = ((image.Width - width) / 2, (image.Height - height) / 2);
        var pixels = new byte[3 * width * height];
        for (var y = 0; y < height; y++) image.Pixels.AsSpan(3 * (((top + y) * image.Width) + left), 3 * width).CopyTo(pixels.AsSpan(3 * y * width));
        return new RgbImage(width, height, pixels);
    }

    // Written as a number, or as the shorter edge or height of an object.
    private static int SideOf(JsonElement size, string edge) => size.ValueKind == JsonValueKind.Number ? size.GetInt32()
        : size.TryGetProperty(edge, out var value) || size.TryGetProperty("height", out value) || size.TryGetProperty("shortest_edge", out value) ? value.GetInt32()
        : throw new FormatException("a size has neither shortest_edge nor height");

    private static float[] Three(JsonElement json, string name)
    {
        float[] values = [.. json.GetProperty(name).EnumerateArray().Select(v => v.GetSingle())];
        return values.Length == 3 ? values : throw new FormatException($"{name} must have three numbers");
    }
}
