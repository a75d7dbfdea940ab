using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using Niche.Inference.Diffusion.Control;
using Niche.Inference.Models;

namespace Niche.Inference.Diffusion;

/// <summary>
/// A UNet or transformer with the buffers of one run over a number of rows: a row a picture, or a row for the negative prompt of each and then one
/// for the prompt of each. All tensors are bound once; on the CPU the runtime reads bound buffers in place, so a step writes into them and allocates
/// nothing. On a device latents and timestep go up and the prediction comes down in a step, and nothing else; a ControlNet's residuals stay there.
/// </summary>
internal sealed class Denoiser : IDisposable
{
    private readonly DenoiserForm _form;
    private readonly Conditioning _conditioning;
    private readonly long[] _latentShape;
    private readonly InputTensor _timestep;
    private readonly HostTensor<float> _input;
    private readonly HostTensor<float> _output;
    private readonly StepBinding _binding;
    private readonly float[] _planes;
    private readonly IControlRun? _control;
    private readonly List<InputTensor> _whole = [];

    /// <summary>Binds the buffers.</summary>
    /// <param name="graph">The denoiser.</param>
    /// <param name="form">How it wants latents and timestep.</param>
    /// <param name="conditioning">What it is told; disposed with the denoiser.</param>
    /// <param name="latentShape">[channels, height, width].</param>
    /// <param name="pictures">The pictures; what follows their latents, such as an inpainting mask, is copied once.</param>
    /// <param name="control">A ControlNet for a denoiser that takes its residuals; disposed with the denoiser.</param>
    public Denoiser(OnnxGraph graph, DenoiserForm form, Conditioning conditioning, ReadOnlySpan<long> latentShape, IReadOnlyList<PaintedPicture> pictures,
        IControlRun? control = null)
    {
        (_form, _conditioning, _latentShape, _control) = (form, conditioning, latentShape.ToArray(), control);
        var (rows, area) = (conditioning.Rows, latentShape[1] * latentShape[2]);
        var extra = pictures[0].Extra.Length;
        var channels = latentShape[0] + (extra / area);
        var times = new float[form.Latents == "sample" ? 1 : rows];
        _timestep = InputTensor.Of<float>(graph.InputType(DenoiserForm.Timestep), times, times.Length);
        _input = form.Patches ? graph.NewTensor<float>(rows, area / 4, 4 * channels) : graph.NewTensor<float>(rows, channels, latentShape[1], latentShape[2]);
        _output = form.Patches ? graph.NewTensor<float>(rows, area / 4, 4 * latentShape[0]) : graph.NewTensor<float>(rows, latentShape[0], latentShape[1], latentShape[2]);
        _planes = new float[form.Patches ? rows * Latent : 0];
        for (var row = 0; row < rows; row++) pictures[row % pictures.Count].Extra.CopyTo(_input.Data[((row * (Latent + extra)) + Latent)..]);
        _binding = new StepBinding(graph);
        _binding.Changing(form.Latents, _input.Value);
        _binding.Changing(DenoiserForm.Timestep, _timestep.Value);
        foreach (var (name, value) in conditioning.Inputs)
        {
            // Some exports of a family leave inputs out, such as the guidance of a model that was distilled without one.
            if (!graph.Session.InputMetadata.ContainsKey(name)) continue;
            _binding.Constant(name, graph.InputType(name) is TensorElementType.Int32 or TensorElementType.Int64 ? Whole(value, graph.InputType(name)) : value);
        }
        control?.Join(_binding);
        _binding.Output(form.PredictionOf(graph), _output.Value);
    }

    public int Rows => _conditioning.Rows;

    private int Latent => (int)(_latentShape[0] * _latentShape[1] * _latentShape[2]);

    /// <summary>Predicts at one timestep for all rows, one after the other in the span, which the next call overwrites.</summary>
    /// <param name="pictures">As many as at the start, in the same order.</param>
    /// <param name="index">The step.</param>
    /// <param name="clock">Counts the time inside the graph.</param>
    /// <param name="options">Carries the callers' wish to stop.</param>
    public Span<float> Predict(IReadOnlyList<PaintedPicture> pictures, int index, RunClock clock, RunOptions options)
    {
        var input = _input.Data;
        var stride = input.Length / Rows;
        for (var i = 0; i < pictures.Count; i++)
        {
            var (own, scheduler) = (i * stride, pictures[i].Scheduler);
            var scaled = _form.Patches ? _planes.AsSpan(0, Latent) : input.Slice(own, Latent);
            scheduler.ScaleModelInput(index, pictures[i].Latents, scaled);
            if (_form.Patches) PatchLatents.Pack(scaled, _latentShape, input.Slice(own, Latent));
        }
        for (var row = pictures.Count; row < Rows; row++) input.Slice(row % pictures.Count * stride, Latent).CopyTo(input[(row * stride)..]);
        var timestep = pictures[0].Scheduler.Timesteps[index] * _form.TimestepScale;
        _timestep.Fill(timestep);
        _control?.Prepare(pictures, index, timestep, input, clock, options);
        _binding.Run(clock, options);
        if (!_form.Patches) return _output.Data;
        for (var row = 0; row < Rows; row++) PatchLatents.Unpack(_output.Data.Slice(row * Latent, Latent), _latentShape, _planes.AsSpan(row * Latent, Latent));
        return _planes;
    }

    public void Dispose()
    {
        _control?.Dispose();
        _binding.Dispose();
        _input.Dispose();
        _timestep.Dispose();
        _output.Dispose();
        foreach (var tensor in _whole) tensor.Dispose();
        _conditioning.Dispose();
    }

    // Exporters write labels and sizes as whole numbers or not.
    private OrtValue Whole(OrtValue value, TensorElementType type)
    {
        _whole.Add(InputTensor.Of(type, value.GetTensorDataAsSpan<float>(), value.GetTensorTypeAndShape().Shape));
        return _whole[^1].Value;
    }
}
