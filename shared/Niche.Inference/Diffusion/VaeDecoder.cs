using System.Numerics.Tensors;
using Microsoft.ML.OnnxRuntime;
using Niche.Inference.Images;
using Niche.Inference.Models;

namespace Niche.Inference.Diffusion;

/// <summary>Latents to pixels.</summary>
internal sealed class VaeDecoder(OnnxGraph graph, float scalingFactor) : IDisposable
{
    private const string Latents = "latent_sample";
    private const string Sample = "sample";

    public static VaeDecoder Load(ModelFolder folder, SessionSettings settings) => new(
        OnnxGraph.Load(folder, "vae_decoder/model.onnx", settings, [Latents], [Sample]),
        VaeConfig.ScalingFactor(folder, "vae_decoder/config.json"));

    /// <summary>Decodes latents of unit variance [channels, height, width].</summary>
    public RgbImage Decode(ReadOnlySpan<float> latents, ReadOnlySpan<long> shape, RunClock clock, RunOptions options)
    {
        using var input = new HostTensor<float>([1, .. shape]);
        TensorPrimitives.Divide(latents, scalingFactor, input.Data);
        using var outputs = clock.Run(graph, options, [Latents], [input.Value], [Sample]);
        var size = outputs[0].GetTensorTypeAndShape().Shape;
        return RgbImage.FromPlanes(outputs[0].GetTensorDataAsSpan<float>(), (int)size[3], (int)size[2]);
    }

    public void Dispose() => graph.Dispose();
}
