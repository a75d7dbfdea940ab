using System.Numerics.Tensors;
using Microsoft.ML.OnnxRuntime;
using Niche.Inference.Images;
using Niche.Inference.Models;

namespace Niche.Inference.Diffusion;

/// <summary>Latents to pixels: at once, or in overlapping tiles where the picture is too large for that.</summary>
internal sealed class VaeDecoder(OnnxGraph graph, VaeConfig config) : IDisposable
{
    /// <summary>Code of the error when the pixels are not finite numbers, which would show as black.</summary>
    public const string NotFinite = "picture_not_finite";

    /// <summary>Where its configuration lies.</summary>
    public const string ConfigFile = "vae_decoder/config.json";

    private const string File = "vae_decoder/model.onnx";
    private const string Latents = "latent_sample";
    private const string Sample = "sample";

    // Smaller tiles than of 256 pixels would show.
    private const int SmallestTile = 32;

    public VaeConfig Config => config;

    public static VaeDecoder Load(ModelFolder folder, SessionSettings settings, string file = File)
    {
        var config = VaeConfig.Read(folder, ConfigFile);
        return new VaeDecoder(OnnxGraph.Load(folder, file, settings, [Latents], [Sample], OpenAxes.Of(folder.Manifest, config.Scale)), config);
    }

    /// <summary>The decoder of a folder in single precision; null when there is none.</summary>
    public static VaeDecoder? LoadPrecise(ModelFolder folder, SessionSettings settings) =>
        PreciseGraph.Of(folder, File, settings) is { } precise ? Load(folder, precise.Settings, precise.File) : null;

    /// <summary>Decodes latents of unit variance [channels, height, width]; in smaller and smaller tiles when memory is short.</summary>
    /// <param name="latents">The latents.</param>
    /// <param name="shape">Their axes.</param>
    /// <param name="tile">Largest side of latents that is decoded at once; 0 for no limit.</param>
    /// <param name="clock">Counts the time inside the graph.</param>
    /// <param name="options">Carries the caller's wish to stop.</param>
    /// <exception cref="InferenceException">The pixels are not finite numbers.</exception>
    public RgbImage Decode(ReadOnlySpan<float> latents, ReadOnlySpan<long> shape, int tile, RunClock clock, RunOptions options)
    {
        var side = (int)Math.Max(shape[1], shape[2]);
        var less = (tile <= 0 || tile > side ? side : tile) / 2;
        try
        {
            return DecodeOnce(latents, shape, tile, clock, options);
        }
        catch (Exception e) when (MemoryShortage.Is(e))
        {
            if (less < SmallestTile) throw MemoryShortage.Error(e);
        }
        return Decode(latents, shape, less, clock, options);
    }

    public void Dispose() => graph.Dispose();

    private RgbImage DecodeOnce(ReadOnlySpan<float> latents, ReadOnlySpan<long> shape, int tile, RunClock clock, RunOptions options)
    {
        var (height, width) = ((int)shape[1], (int)shape[2]);
        if (tile <= 0 || (height <= tile && width <= tile))
        {
            var planes = Planes(latents, shape, clock, options);
            return RgbImage.FromPlanes(planes.Pixels, planes.Width, planes.Height);
        }
        var tiles = new TileBlend(width, height, tile);
        foreach (var (x, y, columns, rows) in tiles.Places)
        {
            var part = new float[shape[0] * rows * columns];
            TileBlend.Cut(latents, width, height, (x, y, columns, rows), part);
            var planes = Planes(part, [shape[0], rows, columns], clock, options);
            tiles.Add((x, y, columns, rows), planes.Pixels, planes.Width / columns);
        }
        return tiles.ToImage();
    }

    private (float[] Pixels, int Width, int Height) Planes(ReadOnlySpan<float> latents, ReadOnlySpan<long> shape, RunClock clock, RunOptions options)
    {
        using var input = new HostTensor<float>([1, .. shape]);
        TensorPrimitives.Divide(latents, config.ScalingFactor, input.Data);
        if (config.ShiftFactor != 0) TensorPrimitives.Add(input.Data, config.ShiftFactor, input.Data);
        using var outputs = clock.RunTyped(graph, options, [Latents], [input.Value], [Sample]);
        var size = outputs[0].GetTensorTypeAndShape().Shape;
        var pixels = HalfTensor.Read(outputs[0]);
        if (!float.IsFinite(TensorPrimitives.SumOfMagnitudes<float>(pixels)))
            throw new InferenceException(NotFinite, "The decoder produced numbers that are not finite; it needs another precision.");
        return (pixels, (int)size[3], (int)size[2]);
    }
}
