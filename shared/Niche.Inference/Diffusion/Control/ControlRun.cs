using Microsoft.ML.OnnxRuntime;
using Niche.Inference.Models;

namespace Niche.Inference.Diffusion.Control;

/// <summary>
/// A ControlNet at work for the rows of one denoiser. Its residuals stay where it computes and are weighed into the denoiser's inputs there; they are zero
/// wherever it must not count, and it does not run at all where it counts for nobody.
/// </summary>
internal sealed class ControlRun : IControlRun
{
    private readonly ControlNet _net;
    private readonly OnnxGraph _weighing;
    private readonly int _rows;
    private readonly int _negatives;
    private readonly InputTensor _timestep;
    private readonly HostTensor<float> _sample;
    private readonly HostTensor<float> _weights;
    private readonly List<IDisposable> _told = [];
    private readonly long[][] _shapes;
    private readonly StepBinding _binding;
    private readonly StepBinding _weigher;
    private StepBinding _denoiser = null!;
    private bool _silent;
    private bool _bound;

    /// <summary>Binds the buffers.</summary>
    /// <param name="net">The ControlNet.</param>
    /// <param name="denoiser">The denoiser's graph.</param>
    /// <param name="conditioning">What the denoiser is told; it must live as long.</param>
    /// <param name="shape">[channels, height, width] of the latents.</param>
    /// <param name="pictures">The pictures that share the run.</param>
    /// <param name="options">Carries the callers' wish to stop.</param>
    public ControlRun(ControlNet net, OnnxGraph denoiser, Conditioning conditioning, ReadOnlySpan<long> shape, IReadOnlyList<PaintedPicture> pictures, RunOptions options)
    {
        (_net, _weighing, _rows, _negatives) = (net, net.WeighingFor(denoiser), conditioning.Rows, conditioning.Negatives);
        var graph = net.Graph;
        _timestep = InputTensor.Of<float>(graph.InputType(DenoiserForm.Timestep), new float[net.Form.Transformer ? _rows : 1], net.Form.Transformer ? _rows : 1);
        // Patches hold the same numbers in another order.
        long[] latents = graph.Session.InputMetadata[net.Form.Latents].Dimensions.Length == 3 ? [_rows, shape[1] * shape[2] / 4, 4 * shape[0]] : [_rows, .. shape];
        _sample = graph.NewTensor<float>(latents);
        _weights = _weighing.NewTensor<float>(net.Outputs.Count, _rows);
        var inputs = Inputs(conditioning, shape, pictures);
        _shapes = Array.ConvertAll(net.Shapes(shape[1], shape[2], () => Measure(inputs, options)), WithRows);
        _binding = new StepBinding(graph);
        foreach (var (name, value) in inputs)
        {
            if (name == net.Form.Latents || name == DenoiserForm.Timestep) _binding.Changing(name, value);
            else _binding.Constant(name, value);
        }
        for (var i = 0; i < _shapes.Length; i++) _binding.OutputThere(net.Outputs[i], _shapes[i]);
        _weigher = new StepBinding(_weighing);
        _weigher.Changing(ResidualWeights.Weights, _weights.Value);
    }

    public void Join(StepBinding denoiser)
    {
        _denoiser = denoiser;
        for (var i = 0; i < _shapes.Length; i++) denoiser.InputThere(_net.DenoiserInputs[i], _shapes[i]);
    }

    /// <summary>Writes the residuals of one step.</summary>
    /// <param name="pictures">As many as at the start, in the same order.</param>
    /// <param name="index">The step.</param>
    /// <param name="timestep">What the denoiser is told.</param>
    /// <param name="input">The denoiser's input: rows that begin with the scaled latents.</param>
    /// <param name="clock">Counts the time inside the graphs.</param>
    /// <param name="options">Carries the callers' wish to stop.</param>
    public void Prepare(IReadOnlyList<PaintedPicture> pictures, int index, float timestep, ReadOnlySpan<float> input, RunClock clock, RunOptions options)
    {
        for (var row = 0; row < _rows; row++) Weigh(pictures[row % pictures.Count], row, index);
        var silent = _weights.Data.IndexOfAnyExcept(0f) < 0;
        if (silent && _silent) return;
        _silent = silent;
        if (!silent)
        {
            var (latent, stride) = (_sample.Data.Length / _rows, input.Length / _rows);
            for (var row = 0; row < _rows; row++) input.Slice(row * stride, latent).CopyTo(_sample.Data[(row * latent)..]);
            _timestep.Fill(timestep);
            _binding.Run(clock, options);
        }
        if (!_bound) Connect();
        _weigher.Run(clock, options);
    }

    public void Dispose()
    {
        _weigher.Dispose();
        _binding.Dispose();
        _timestep.Dispose();
        _sample.Dispose();
        _weights.Dispose();
        foreach (var tensor in _told) tensor.Dispose();
    }

    private List<(string Name, OrtValue Value)> Inputs(Conditioning conditioning, ReadOnlySpan<long> shape, IReadOnlyList<PaintedPicture> pictures)
    {
        var first = pictures[0].Request;
        var picture = Kept(new HostTensor<float>([_rows, .. _net.Shown.Axes(first.Width, first.Height, shape)]));
        var scale = Kept(_net.Takes(ControlNet.Scale) && _net.Graph.Session.InputMetadata[ControlNet.Scale].Dimensions.Length == 0 ? new HostTensor<float>() : new HostTensor<float>(1));
        var mode = new int[_rows];
        scale.Data.Fill(1);
        for (var row = 0; row < _rows; row++)
        {
            pictures[row % pictures.Count].Shown.CopyTo(picture.Data[(row * picture.Data.Length / _rows)..]);
            mode[row] = pictures[row % pictures.Count].Request.Control?.Mode ?? 0;
        }
        List<(string Name, OrtValue Value)> inputs = [(_net.Form.Latents, _sample.Value), (DenoiserForm.Timestep, _timestep.Value), (ControlNet.Picture, picture.Value), (ControlNet.Scale, scale.Value)];
        if (_net.Takes(ControlNet.Mode)) inputs.Add((ControlNet.Mode, Kept(InputTensor.Of<int>(_net.Graph.InputType(ControlNet.Mode), mode, _rows, 1)).Value));
        // Words alone: a ControlNet was not trained to read a picture's tokens.
        var words = conditioning.Inputs.Any(input => input.Name == Conditioning.Words);
        inputs.AddRange(conditioning.Inputs.Where(input => !words || input.Name != ControlForm.Text)
            .Select(input => (input.Name == Conditioning.Words ? ControlForm.Text : input.Name, input.Name == ControlForm.Pooled && _net.ZeroPooled ? Zeros(input.Value) : input.Value)));
        inputs.RemoveAll(input => !_net.Takes(input.Name));
        return inputs;
    }

    private OrtValue Zeros(OrtValue like) => Kept(new HostTensor<float>(like.GetTensorTypeAndShape().Shape)).Value;

    private T Kept<T>(T tensor)
        where T : IDisposable
    {
        _told.Add(tensor);
        return tensor;
    }

    private long[] WithRows(long[] axes)
    {
        var shape = (long[])axes.Clone();
        shape[_net.Form.RowAxis(shape.Length)] = _rows;
        return shape;
    }

    // Not before the first run: by then everything that goes up once is written.
    private void Connect()
    {
        for (var i = 0; i < _shapes.Length; i++)
        {
            _weigher.InputElsewhere(ResidualWeights.Given(i), _binding.There(_net.Outputs[i]));
            _weigher.OutputElsewhere(ResidualWeights.Weighed(i), _denoiser.There(_net.DenoiserInputs[i]));
        }
        _bound = true;
    }

    private void Weigh(PaintedPicture picture, int row, int index)
    {
        var guess = picture.Request.Control is { Guess: true };
        var scale = guess && row < _negatives ? 0 : picture.ControlScale(index);
        for (var i = 0; i < _shapes.Length; i++) _weights.Data[(i * _rows) + row] = guess ? scale * Depth(i) : scale;
    }

    // From a tenth at the shallowest block to one at the middle one, evenly in the exponent.
    private float Depth(int residual) => (float)Math.Pow(10, ((double)residual / (_shapes.Length - 1)) - 1);

    private long[][] Measure(List<(string Name, OrtValue Value)> inputs, RunOptions options)
    {
        using var turn = _net.Graph.Turn();
        using var outputs = _net.Graph.RunTyped(options, [.. inputs.Select(input => input.Name)], [.. inputs.Select(input => input.Value)], _net.Outputs);
        return [.. outputs.Select(output => output.GetTensorTypeAndShape().Shape)];
    }
}
