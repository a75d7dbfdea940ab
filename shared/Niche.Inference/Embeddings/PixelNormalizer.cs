using System.Text.Json;
using Niche.Inference.Images;
using Niche.Inference.Models;

namespace Niche.Inference.Embeddings;

/// <summary>
/// What a <c>preprocessor_config.json</c> asks for. With a shortest edge, as CLIP has it: the shorter side is resized by a cubic and the middle cut out. With
/// width and height: the whole picture is averaged down to that size. Then mean and standard deviation of each channel.
/// </summary>
internal sealed class PixelNormalizer
{
    /// <summary>Where diffusers keeps it.</summary>
    public const string OfDiffusers = "feature_extractor/preprocessor_config.json";

    private const int Largest = 1024;
    private const int MostLength = 4;
    private const int Cubic = 3;
    private readonly int? _shortest;
    private readonly float[] _mean;
    private readonly float[] _deviation;

    private PixelNormalizer(int? shortest, int width, int height, float[] mean, float[] deviation) =>
        (_shortest, Width, Height, _mean, _deviation) = (shortest, width, height, mean, deviation);

    public int Width { get; }

    public int Height { get; }

    public static PixelNormalizer Load(ModelFolder folder, string file = "preprocessor_config.json")
    {
        try
        {
            var json = folder.ReadJson(file);
            var size = json.GetProperty("size");
            var crop = json.TryGetProperty("crop_size", out var own) ? own : size;
            var (mean, deviation) = (Three(json, "image_mean"), Three(json, "image_std"));
            if (!deviation.All(value => value > 0)) throw new FormatException("image_std must be above 0");
            if (size.ValueKind == JsonValueKind.Object && !size.TryGetProperty("shortest_edge", out _) && !Crops(json))
                return new PixelNormalizer(null, Bounded(size.GetProperty("width")), Bounded(size.GetProperty("height")), mean, deviation);
            if (json.TryGetProperty("resample", out var filter) && filter.GetInt32() != Cubic)
                throw new FormatException($"resample {filter.GetInt32()} is not supported, only {Cubic} (cubic)");
            var (shortest, width, height) = (Bounded(Edge(size, "shortest_edge")), Bounded(Edge(crop, "width")), Bounded(Edge(crop, "height")));
            if (shortest < Math.Max(width, height)) throw new FormatException("the size is below crop_size");
            return new PixelNormalizer(shortest, width, height, mean, deviation);
        }
        catch (Exception e) when (e is KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new ModelFolderException("config_invalid", folder.PathOf(file), $"size, crop_size, image_mean and image_std are needed: {e.Message}", e);
        }
    }

    /// <summary>Resizes and writes planes R, G, B.</summary>
    public void Write(RgbImage image, Span<float> planes)
    {
        var resized = _shortest is { } shortest ? Middle(image, shortest) : AreaResampler.Resize(image, Width, Height);
        var (left, top, area) = ((resized.Width - Width) / 2, (resized.Height - Height) / 2, Width * Height);
        for (var i = 0; i < area; i++)
        {
            var at = 3 * (((top + (i / Width)) * resized.Width) + left + (i % Width));
            for (var c = 0; c < 3; c++) planes[(c * area) + i] = ((resized.Pixels[at + c] / 255f) - _mean[c]) / _deviation[c];
        }
    }

    // What lies far from the middle is not seen: without it a picture that is all length stays small.
    private static RgbImage Middle(RgbImage image, int shortest)
    {
        var (width, height) = (Math.Min(image.Width, MostLength * image.Height), Math.Min(image.Height, MostLength * image.Width));
        var part = image;
        if ((width, height) != (image.Width, image.Height))
        {
            var (left, top) = ((image.Width - width) / 2, (image.Height - height) / 2);
            var pixels = new byte[3 * width * height];
            for (var y = 0; y < height; y++) image.Pixels.AsSpan(3 * (((top + y) * image.Width) + left), 3 * width).CopyTo(pixels.AsSpan(3 * y * width));
            part = new RgbImage(width, height, pixels);
        }
        var shorter = Math.Min(part.Width, part.Height);
        return BicubicResampler.Resize(part, part.Width * shortest / shorter, part.Height * shortest / shorter);
    }

    private static bool Crops(JsonElement json) => json.TryGetProperty("do_center_crop", out var crop) && crop.ValueKind == JsonValueKind.True;

    // Written as a number, or as an object with the shorter edge or both sides.
    private static JsonElement Edge(JsonElement size, string name)
    {
        if (size.ValueKind == JsonValueKind.Number) return size;
        foreach (var key in (string[])[name, "shortest_edge", "height"])
        {
            if (size.TryGetProperty(key, out var edge)) return edge;
        }
        throw new FormatException("a size has neither shortest_edge nor height");
    }

    private static int Bounded(JsonElement edge) =>
        edge.GetInt32() is >= 1 and <= Largest and var side ? side : throw new FormatException($"size and crop_size must be 1 to {Largest}");

    private static float[] Three(JsonElement json, string name)
    {
        float[] values = [.. json.GetProperty(name).EnumerateArray().Select(v => v.GetSingle())];
        return values.Length == 3 && values.All(float.IsFinite) ? values : throw new FormatException($"{name} must have three numbers");
    }
}
