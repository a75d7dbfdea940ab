using System.Numerics.Tensors;
using Microsoft.ML.OnnxRuntime;
using Niche.Inference.Images;
using Niche.Inference.Models;

namespace Niche.Inference.Diffusion;

/// <summary>Pixels to latents: the mean that the encoder predicts, without noise.</summary>
public sealed class VaeEncoder : IDisposable
{
    /// <summary>Where a folder has its encoder; upscalers have none.</summary>
    public const string File = "vae_encoder/model.onnx";

    private const string Sample = "sample";
    private const string Latents = "latent_sample";

    // Mean and log variance one after the other, as newer exports give them.
    private const string Parameters = "latent_parameters";
    private readonly OnnxGraph _graph;
    private readonly VaeConfig _config;
    private readonly string _output;
    private readonly TimeProvider _time;

    private VaeEncoder(OnnxGraph graph, VaeConfig config, TimeProvider time)
    {
        (_graph, _config, _time) = (graph, config, time);
        _output = graph.Session.OutputMetadata.ContainsKey(Latents) ? Latents : Parameters;
        if (graph.Session.OutputMetadata.ContainsKey(_output)) return;
        graph.Dispose();
        throw new ModelFolderException("graph_invalid", graph.File, $"the graph gives neither {Latents} nor {Parameters}; is this an encoder?");
    }

    /// <summary>Loads <c>vae_encoder/model.onnx</c>.</summary>
    /// <param name="folder">A verified image model.</param>
    /// <param name="settings">Threads.</param>
    /// <param name="time">Clock of the timings.</param>
    /// <exception cref="ModelFolderException">The folder has no usable encoder.</exception>
    public static VaeEncoder Load(ModelFolder folder, SessionSettings settings, TimeProvider time) =>
        new(OnnxGraph.Load(folder, File, settings, [Sample], []), VaeConfig.Read(folder, "vae_encoder/config.json"), time);

    /// <summary>Encodes a picture.</summary>
    /// <param name="image">Sides are multiples of 8.</param>
    /// <param name="cancellation">Stops inside the graph.</param>
    /// <returns>Latents [channels, height / 8, width / 8], row-major, in the encoder's own scale.</returns>
    public float[] Encode(RgbImage image, CancellationToken cancellation)
    {
        using var run = new CancellableRun(cancellation);
        return run.Do(options => Encode(image, new RunClock(_time), options));
    }

    /// <inheritdoc/>
    public void Dispose() => _graph.Dispose();

    internal float[] Encode(RgbImage image, RunClock clock, RunOptions options)
    {
        using var input = new HostTensor<float>(1, 3, image.Height, image.Width);
        image.ToPlanes(input.Data);
        using var outputs = clock.RunTyped(_graph, options, [Sample], [input.Value], [_output]);
        var values = HalfTensor.Read(outputs[0]);
        return (_output == Parameters ? values[..(values.Length / 2)] : values).ToArray();
    }

    /// <summary>Latents of unit variance, as denoisers take them.</summary>
    /// <param name="image">Sides are multiples of 8.</param>
    /// <param name="clock">Counts the time inside the graph.</param>
    /// <param name="options">Carries the caller's wish to stop.</param>
    /// <param name="shifted">Whether their mean is taken off, where the model has one.</param>
    internal float[] EncodeScaled(RgbImage image, RunClock clock, RunOptions options, bool shifted = true)
    {
        var latents = Encode(image, clock, options);
        if (shifted && _config.ShiftFactor != 0) TensorPrimitives.Subtract(latents, _config.ShiftFactor, latents);
        TensorPrimitives.Multiply(latents, _config.ScalingFactor, latents);
        return latents;
    }
}
