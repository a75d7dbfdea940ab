using System.Numerics.Tensors;
using Microsoft.ML.OnnxRuntime;
using Niche.Inference.Models;

namespace Niche.Inference.Diffusion.Control;

/// <summary>
/// A ControlNet at work for the rows of one denoiser. It writes its residuals into tensors that the UNet reads; they are zero wherever it must not
/// count, and it does not run at all where it counts for nobody.
/// </summary>
internal sealed class ControlRun : IControlRun
{
    private readonly ControlNet _net;
    private readonly int _rows;
    private readonly int _negatives;
    private readonly TimestepTensor _timestep;
    private readonly HostTensor<float> _sample;
    private readonly HostTensor<float> _picture;
    private readonly HostTensor<float> _scale;
    private readonly HostTensor<float>[] _residuals;
    private readonly StepBinding _binding;
    private readonly float[] _weights;
    private bool _silent = true;

    /// <summary>Binds the buffers.</summary>
    /// <param name="net">The ControlNet.</param>
    /// <param name="conditioning">What the denoiser is told; it must live as long.</param>
    /// <param name="shape">[channels, height, width] of the latents.</param>
    /// <param name="pictures">The pictures that share the run.</param>
    /// <param name="options">Carries the callers' wish to stop.</param>
    public ControlRun(ControlNet net, Conditioning conditioning, ReadOnlySpan<long> shape, IReadOnlyList<PaintedPicture> pictures, RunOptions options)
    {
        (_net, _rows, _negatives) = (net, conditioning.Rows, conditioning.Negatives);
        _weights = new float[_rows];
        _timestep = new TimestepTensor(net.Graph.InputType(DenoiserForm.Timestep), 1);
        _sample = new HostTensor<float>([_rows, .. shape]);
        _picture = new HostTensor<float>(_rows, 3, pictures[0].Request.Height, pictures[0].Request.Width);
        _scale = net.Graph.Session.InputMetadata.TryGetValue(ControlNet.Scale, out var scale) && scale.Dimensions.Length == 0 ? new HostTensor<float>() : new HostTensor<float>(1);
        _scale.Data.Fill(1);
        for (var row = 0; row < _rows; row++)
        {
            pictures[row % pictures.Count].Request.Control?.Write(_picture.Data[(row * _picture.Data.Length / _rows)..]);
        }
        List<(string Name, OrtValue Value)> inputs = [(ControlNet.Sample, _sample.Value), (DenoiserForm.Timestep, _timestep.Value), (ControlNet.Picture, _picture.Value), (ControlNet.Scale, _scale.Value)];
        // Words alone: a ControlNet was not trained to read a picture's tokens.
        var words = conditioning.Inputs.Any(input => input.Name == Conditioning.Words);
        inputs.AddRange(conditioning.Inputs.Where(input => !words || input.Name != ControlNet.Text).Select(input => (input.Name == Conditioning.Words ? ControlNet.Text : input.Name, input.Value)));
        inputs.RemoveAll(input => !net.Takes(input.Name));
        _residuals = [.. net.Shapes(shape[1], shape[2], () => Measure(inputs, options)).Select(axes => new HostTensor<float>([_rows, .. axes]))];
        _binding = new StepBinding(net.Graph);
        foreach (var (name, value) in inputs)
        {
            if (name is ControlNet.Sample or DenoiserForm.Timestep) _binding.Changing(name, value);
            else _binding.Constant(name, value);
        }
        for (var i = 0; i < _residuals.Length; i++) _binding.Output(net.Outputs[i], _residuals[i].Value);
    }

    /// <summary>The UNet's inputs.</summary>
    public IEnumerable<(string Name, OrtValue Value)> Inputs => _residuals.Select((residual, i) => (_net.UnetInputs[i], residual.Value));

    public IEnumerable<(string Name, OrtValue Value)> Constants => [];

    /// <summary>Writes the residuals of one step.</summary>
    /// <param name="pictures">As many as at the start, in the same order.</param>
    /// <param name="index">The step.</param>
    /// <param name="timestep">What the denoiser is told.</param>
    /// <param name="input">The denoiser's input: rows that begin with the scaled latents.</param>
    /// <param name="clock">Counts the time inside the graph.</param>
    /// <param name="options">Carries the callers' wish to stop.</param>
    public void Prepare(IReadOnlyList<PaintedPicture> pictures, int index, float timestep, ReadOnlySpan<float> input, RunClock clock, RunOptions options)
    {
        for (var row = 0; row < _rows; row++) _weights[row] = Weight(pictures[row % pictures.Count], row, index);
        if (_weights.AsSpan().IndexOfAnyExcept(0f) < 0)
        {
            if (!_silent) foreach (var residual in _residuals) residual.Data.Clear();
            _silent = true;
            return;
        }
        _silent = false;
        var (latent, stride) = (_sample.Data.Length / _rows, input.Length / _rows);
        for (var row = 0; row < _rows; row++) input.Slice(row * stride, latent).CopyTo(_sample.Data[(row * latent)..]);
        _timestep.Set(timestep);
        _binding.Run(clock, options);
        for (var i = 0; i < _residuals.Length; i++)
        {
            var length = _residuals[i].Data.Length / _rows;
            for (var row = 0; row < _rows; row++)
            {
                var guess = pictures[row % pictures.Count].Request.Control is { Guess: true };
                Weigh(_residuals[i].Data.Slice(row * length, length), guess ? _weights[row] * Depth(i) : _weights[row]);
            }
        }
    }

    public void Dispose()
    {
        _binding.Dispose();
        _timestep.Dispose();
        _sample.Dispose();
        _picture.Dispose();
        _scale.Dispose();
        foreach (var residual in _residuals) residual.Dispose();
    }

    private float Weight(PaintedPicture picture, int row, int index) =>
        picture.Request.Control is { Guess: true } && row < _negatives ? 0 : picture.ControlScale(index);

    // From a tenth at the shallowest block to one at the middle one, evenly in the exponent.
    private float Depth(int residual) => (float)Math.Pow(10, ((double)residual / (_residuals.Length - 1)) - 1);

    // Not a product with zero: a residual that is not finite must not count either.
    private static void Weigh(Span<float> values, float weight)
    {
        if (weight == 0) values.Clear();
        else if (weight != 1) TensorPrimitives.Multiply(values, weight, values);
    }

    private long[][] Measure(List<(string Name, OrtValue Value)> inputs, RunOptions options)
    {
        using var turn = _net.Graph.Turn();
        using var outputs = _net.Graph.RunTyped(options, [.. inputs.Select(input => input.Name)], [.. inputs.Select(input => input.Value)], _net.Outputs);
        return [.. outputs.Select(output => output.GetTensorTypeAndShape().Shape[1..])];
    }
}
