using System.Numerics.Tensors;
using Niche.Inference.Random;

namespace Niche.Inference.Schedulers;

/// <summary>
/// DPM-Solver and DPM-Solver++ in their singlestep form: groups of one, two or three steps that all start from the group's first sample (Lu et
/// al., "DPM-Solver", algorithms 1 and 2).
/// </summary>
internal sealed class DpmSinglestepScheduler : IScheduler
{
    private readonly SchedulerConfig _config;
    private readonly SolverModel _model;
    private readonly SolverHistory _outputs;
    private readonly int[] _orders;
    private float[] _start = [];
    private float[] _noise = [];

    public DpmSinglestepScheduler(SchedulerConfig config, int steps)
    {
        SolverChecks.Check(config);
        if (config.Algorithm == SolverAlgorithm.Stochastic) throw new FormatException("algorithm_type 'sde-dpmsolver' is not known to the singlestep solver");
        (_config, _outputs) = (config, new SolverHistory(config.SolverOrder));
        _model = new SolverModel(config, steps, config.Algorithm != SolverAlgorithm.DpmSolver);
        _orders = Orders(config, steps);
    }

    public ReadOnlySpan<float> Timesteps => _model.Timesteps;

    public float InitialNoiseSigma => 1;

    public void ScaleModelInput(int index, ReadOnlySpan<float> sample, Span<float> scaled) => sample.CopyTo(scaled);

    public void AddNoise(int index, ReadOnlySpan<float> noise, Span<float> clean) => _model.AddNoise(index, noise, clean);

    public void Step(int index, ReadOnlySpan<float> modelOutput, Span<float> sample, INoiseSource noise)
    {
        _model.Convert(index, sample, modelOutput, _outputs.Push(sample.Length));
        var order = Math.Min(_orders[index], _outputs.Count);
        if (_start.Length != sample.Length) _start = new float[sample.Length];
        if (order == 1) sample.CopyTo(_start);
        var (from, to) = (_model[index + 1 - order], _model[index + 1]);
        var h = to.Lambda - from.Lambda;
        var terms = SolverTerms.Of(_config.Algorithm, from, to, h);
        var (newest, before, first) = Weights(index, order, terms, h);

        TensorPrimitives.Multiply(_start, (float)terms.Sample, sample);
        TensorPrimitives.MultiplyAdd(_outputs[0], (float)newest, sample, sample);
        if (order > 1) TensorPrimitives.MultiplyAdd(_outputs[1], (float)before, sample, sample);
        if (order > 2) TensorPrimitives.MultiplyAdd(_outputs[2], (float)first, sample, sample);
        if (_config.Algorithm != SolverAlgorithm.StochasticPlusPlus) return;
        if (_noise.Length != sample.Length) _noise = new float[sample.Length];
        noise.Fill(_noise);
        TensorPrimitives.MultiplyAdd(_noise, (float)terms.Noise, sample, sample);
    }

    // Divided differences against the group's first output, folded into one factor for each output.
    private (double Newest, double Before, double First) Weights(int index, int order, SolverTerms terms, double h)
    {
        if (order == 1) return (terms.Constant, 0, 0);
        var start = _model[index + 1 - order].Lambda;
        var r0 = (_model[index].Lambda - start) / h;
        if (order == 2)
        {
            var slope = (_config.Rule == SolverRule.Heun ? terms.Slope : terms.Midpoint) / r0;
            return (slope, terms.Constant - slope, 0);
        }
        if (_config.Rule != SolverRule.Heun) return (terms.Slope / r0, 0, terms.Constant - (terms.Slope / r0));
        var r1 = (_model[index - 1].Lambda - start) / h;
        var ofFar = ((-terms.Slope * r1) + (2 * terms.Curvature)) / (r0 - r1);
        var ofNear = ((terms.Slope * r0) - (2 * terms.Curvature)) / (r0 - r1);
        return (ofFar / r0, ofNear / r1, terms.Constant - (ofFar / r0) - (ofNear / r1));
    }

    private static int[] Orders(SchedulerConfig config, int steps)
    {
        var order = config.SolverOrder;
        var orders = new int[steps];
        for (var i = 0; i < steps; i++) orders[i] = (i % order) + 1;
        // The last group starts anew so that the last step, which may end without noise, is of first order.
        if (config.LowerOrderFinal || steps % order != 0 || config.FinalSigma == FinalSigma.Zero)
        {
            orders[^1] = 1;
            if (order == 3 && steps % 3 == 2) orders[^1] = 2;
            if (config.FinalSigma == FinalSigma.Zero) orders[^1] = 1;
        }
        return orders;
    }
}
