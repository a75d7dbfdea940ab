using Microsoft.ML.OnnxRuntime;
using Niche.Inference.Models;
using Niche.Inference.Schedulers;

namespace Niche.Inference.Diffusion;

/// <summary>
/// A UNet or transformer with the buffers of one run over a number of rows. All tensors are pinned and bound once; on the CPU the runtime
/// reads bound buffers in place, so a step writes into them and allocates nothing.
/// </summary>
internal sealed class Denoiser : IDisposable
{
    private readonly OnnxGraph _graph;
    private readonly DenoiserForm _form;
    private readonly Conditioning _conditioning;
    private readonly long[] _latentShape;
    private readonly TimestepTensor _timestep;
    private readonly HostTensor<float> _input;
    private readonly HostTensor<float> _output;
    private readonly OrtIoBinding _binding;
    private readonly float[] _planes;

    /// <summary>Binds the buffers.</summary>
    /// <param name="graph">The denoiser.</param>
    /// <param name="form">How it wants latents and timestep.</param>
    /// <param name="conditioning">What it is told; disposed with the denoiser.</param>
    /// <param name="latentShape">[channels, height, width].</param>
    /// <param name="extra">Channels that follow the latents in every row, such as an inpainting mask; empty for none.</param>
    public Denoiser(OnnxGraph graph, DenoiserForm form, Conditioning conditioning, ReadOnlySpan<long> latentShape, ReadOnlySpan<float> extra)
    {
        (_graph, _form, _conditioning, _latentShape) = (graph, form, conditioning, latentShape.ToArray());
        var (rows, area) = (conditioning.Rows, latentShape[1] * latentShape[2]);
        var channels = latentShape[0] + (extra.Length / area);
        _timestep = new TimestepTensor(graph.InputType(DenoiserForm.Timestep), form.Latents == "sample" ? 1 : rows);
        _input = form.Patches ? new HostTensor<float>(rows, area / 4, 4 * channels) : new HostTensor<float>(rows, channels, latentShape[1], latentShape[2]);
        _output = form.Patches ? new HostTensor<float>(rows, area / 4, 4 * latentShape[0]) : new HostTensor<float>(rows, latentShape[0], latentShape[1], latentShape[2]);
        _planes = new float[form.Patches ? Latent : 0];
        for (var row = 0; row < rows; row++) extra.CopyTo(_input.Data[((row * (Latent + extra.Length)) + Latent)..]);
        _binding = graph.Session.CreateIoBinding();
        _binding.BindInput(form.Latents, _input.Value);
        _binding.BindInput(DenoiserForm.Timestep, _timestep.Value);
        foreach (var (name, value) in conditioning.Inputs)
        {
            // Some exports of a family leave inputs out, such as the guidance of a model that was distilled without one.
            if (graph.Session.InputMetadata.ContainsKey(name)) _binding.BindInput(name, value);
        }
        _binding.BindOutput(form.Prediction, _output.Value);
    }

    public int Rows => _conditioning.Rows;

    private int Latent => (int)(_latentShape[0] * _latentShape[1] * _latentShape[2]);

    /// <summary>Predicts at one timestep for all rows, one after the other in the span, which the next call overwrites.</summary>
    public Span<float> Predict(IScheduler scheduler, int index, ReadOnlySpan<float> latents, RunClock clock, RunOptions options)
    {
        var input = _input.Data;
        var stride = input.Length / Rows;
        var first = input[..latents.Length];
        if (_form.Patches)
        {
            scheduler.ScaleModelInput(index, latents, _planes);
            PatchLatents.Pack(_planes, _latentShape, first);
        }
        else
        {
            scheduler.ScaleModelInput(index, latents, first);
        }
        for (var row = 1; row < Rows; row++) first.CopyTo(input[(row * stride)..]);
        _timestep.Set(scheduler.Timesteps[index] * _form.TimestepScale);
        clock.Run(_graph, options, _binding);
        if (!_form.Patches) return _output.Data;
        PatchLatents.Unpack(_output.Data, _latentShape, _planes);
        return _planes;
    }

    public void Dispose()
    {
        _binding.Dispose();
        _input.Dispose();
        _timestep.Dispose();
        _output.Dispose();
        _conditioning.Dispose();
    }
}
