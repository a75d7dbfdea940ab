using System.Text.Json;
using Niche.Inference.Images;
using Niche.Inference.Models;

namespace Niche.Inference.Embeddings;

/// <summary>What a <c>preprocessor_config.json</c> asks for: size, mean and standard deviation per channel.</summary>
internal sealed class PixelNormalizer
{
    private readonly float[] _mean;
    private readonly float[] _deviation;

    private PixelNormalizer(int width, int height, float[] mean, float[] deviation) =>
        (Width, Height, _mean, _deviation) = (width, height, mean, deviation);

    public int Width { get; }

    public int Height { get; }

    public static PixelNormalizer Load(ModelFolder folder)
    {
        const string File = "preprocessor_config.json";
        try
        {
            var json = folder.ReadJson(File);
            var size = json.GetProperty("size");
            return new PixelNormalizer(
                size.GetProperty("width").GetInt32(),
                size.GetProperty("height").GetInt32(),
                Three(json, "image_mean"),
                Three(json, "image_std"));
        }
        catch (Exception e) when (e is KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new ModelFolderException("config_invalid", folder.PathOf(File),
                $"size, image_mean and image_std are needed: {e.Message}", e);
        }
    }

    /// <summary>Resizes and writes planes R, G, B.</summary>
    public void Write(RgbImage image, Span<float> planes)
    {
        var resized = AreaResampler.Resize(image, Width, Height);
        var area = Width * Height;
        for (var i = 0; i < area; i++)
        {
            for (var c = 0; c < 3; c++) planes[(c * area) + i] = ((resized.Pixels[(3 * i) + c] / 255f) - _mean[c]) / _deviation[c];
        }
    }

    private static float[] Three(JsonElement json, string name)
    {
        float[] values = [.. json.GetProperty(name).EnumerateArray().Select(v => v.GetSingle())];
        return values.Length == 3 ? values : throw new FormatException($"{name} must have three numbers");
    }
}
