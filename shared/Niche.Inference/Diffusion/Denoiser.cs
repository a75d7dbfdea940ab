using System.Numerics.Tensors;
using Microsoft.ML.OnnxRuntime;
using Niche.Inference.Models;
using Niche.Inference.Schedulers;

namespace Niche.Inference.Diffusion;

/// <summary>
/// The UNet with the buffers of one run. Prompt and negative prompt go through the graph as one batch. All tensors are pinned and bound
/// once;
/// on the CPU the runtime reads bound buffers in place, so a step writes into them and allocates nothing.
/// </summary>
internal sealed class Denoiser : IDisposable
{
    private const string Sample = "sample";
    private const string Timestep = "timestep";
    private const string States = "encoder_hidden_states";
    private const string Output = "out_sample";
    private readonly OnnxGraph _graph;
    private readonly float _guidance;
    private readonly HostTensor<float> _input;
    private readonly TimestepTensor _timestep;
    private readonly HostTensor<float> _output;
    private readonly OrtIoBinding _binding;

    /// <summary>Binds the buffers.</summary>
    /// <param name="graph">The UNet.</param>
    /// <param name="states">Hidden states [rows, tokens, width]: negative prompt first when there are two rows.</param>
    /// <param name="rows">1 without guidance, 2 with it.</param>
    /// <param name="latentShape">[channels, height, width].</param>
    /// <param name="guidance">Guidance; ignored with one row.</param>
    public Denoiser(OnnxGraph graph, OrtValue states, int rows, ReadOnlySpan<long> latentShape, float guidance)
    {
        _graph = graph;
        _guidance = guidance;
        _timestep = new TimestepTensor(graph.InputType(Timestep));
        _input = new HostTensor<float>([rows, .. latentShape]);
        _output = new HostTensor<float>([rows, .. latentShape]);
        _binding = graph.Session.CreateIoBinding();
        _binding.BindInput(Sample, _input.Value);
        _binding.BindInput(Timestep, _timestep.Value);
        _binding.BindInput(States, states);
        _binding.BindOutput(Output, _output.Value);
    }

    public static OnnxGraph Load(ModelFolder folder, SessionSettings settings) =>
        OnnxGraph.Load(folder, "unet/model.onnx", settings, [Sample, Timestep, States], [Output]);

    /// <summary>Predicts at one timestep and applies guidance. The span is overwritten by the next call.</summary>
    public ReadOnlySpan<float> Predict(IScheduler scheduler, int index, ReadOnlySpan<float> latents, RunClock clock, RunOptions options)
    {
        var input = _input.Data;
        scheduler.ScaleModelInput(index, latents, input[..latents.Length]);
        var guided = input.Length > latents.Length;
        if (guided) input[..latents.Length].CopyTo(input[latents.Length..]);
        _timestep.Set(scheduler.Timesteps[index]);
        clock.Run(_graph, options, _binding);
        var prediction = _output.Data[..latents.Length];
        if (!guided) return prediction;
        // negative + g * (prompt - negative), written over the prompt's half.
        var prompt = _output.Data[latents.Length..];
        TensorPrimitives.Subtract(prompt, prediction, prompt);
        TensorPrimitives.MultiplyAdd(prompt, _guidance, prediction, prompt);
        return prompt;
    }

    public void Dispose()
    {
        _binding.Dispose();
        _input.Dispose();
        _timestep.Dispose();
        _output.Dispose();
    }
}
