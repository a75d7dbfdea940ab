using Microsoft.ML.OnnxRuntime;
using Niche.Inference.Images;
using Niche.Inference.Models;

namespace Niche.Inference.Diffusion;

/// <summary>Pixels to latents: the mean that the encoder predicts, without noise. Used to compare pictures in latent space.</summary>
public sealed class VaeEncoder : IDisposable
{
    private const string Sample = "sample";
    private const string Latents = "latent_sample";
    private readonly OnnxGraph _graph;
    private readonly TimeProvider _time;

    private VaeEncoder(OnnxGraph graph, TimeProvider time) => (_graph, _time) = (graph, time);

    /// <summary>Loads <c>vae_encoder/model.onnx</c>.</summary>
    /// <param name="folder">A verified image model.</param>
    /// <param name="settings">Threads.</param>
    /// <param name="time">Clock of the timings.</param>
    /// <exception cref="ModelFolderException">The folder has no usable encoder.</exception>
    public static VaeEncoder Load(ModelFolder folder, SessionSettings settings, TimeProvider time) =>
        new(OnnxGraph.Load(folder, "vae_encoder/model.onnx", settings, [Sample], [Latents]), time);

    /// <summary>Encodes a picture.</summary>
    /// <param name="image">Sides are multiples of 8.</param>
    /// <param name="cancellation">Stops inside the graph.</param>
    /// <returns>Latents [4, height / 8, width / 8], row-major, in the encoder's own scale.</returns>
    public float[] Encode(RgbImage image, CancellationToken cancellation)
    {
        using var run = new CancellableRun(cancellation);
        using var input = new HostTensor<float>(1, 3, image.Height, image.Width);
        image.ToPlanes(input.Data);
        return run.Do(options =>
        {
            using var outputs = new RunClock(_time).Run(_graph, options, [Sample], [input.Value], [Latents]);
            return outputs[0].GetTensorDataAsSpan<float>().ToArray();
        });
    }

    /// <inheritdoc/>
    public void Dispose() => _graph.Dispose();
}
