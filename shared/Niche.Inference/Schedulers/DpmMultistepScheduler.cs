using System.Numerics.Tensors;
using Niche.Inference.Random;

namespace Niche.Inference.Schedulers;

/// <summary>
/// DPM-Solver and DPM-Solver++ in their multistep form, of order 1 to 3, with or without fresh noise (Lu et al., "DPM-Solver++", algorithm 2). With
/// order 2 this is DPM++ 2M, with fresh noise DPM++ 2M SDE.
/// </summary>
internal sealed class DpmMultistepScheduler : IScheduler
{
    // Below this many steps the last ones fall back to lower orders for stability.
    private const int FewSteps = 15;
    private readonly SchedulerConfig _config;
    private readonly SolverModel _model;
    private readonly SolverHistory _outputs;
    private readonly bool _stochastic;
    private float[] _noise = [];

    public DpmMultistepScheduler(SchedulerConfig config, int steps)
    {
        SolverChecks.Check(config);
        _stochastic = config.Algorithm is SolverAlgorithm.Stochastic or SolverAlgorithm.StochasticPlusPlus;
        (_config, _outputs) = (config, new SolverHistory(config.SolverOrder));
        _model = new SolverModel(config, steps, config.Algorithm is SolverAlgorithm.DpmSolverPlusPlus or SolverAlgorithm.StochasticPlusPlus);
    }

    public ReadOnlySpan<float> Timesteps => _model.Timesteps;

    public float InitialNoiseSigma => 1;

    public void ScaleModelInput(int index, ReadOnlySpan<float> sample, Span<float> scaled) => sample.CopyTo(scaled);

    public void AddNoise(int index, ReadOnlySpan<float> noise, Span<float> clean) => _model.AddNoise(index, noise, clean);

    public void Step(int index, ReadOnlySpan<float> modelOutput, Span<float> sample, INoiseSource noise)
    {
        _model.Convert(index, sample, modelOutput, _outputs.Push(sample.Length));
        var (from, to) = (_model[index], _model[index + 1]);
        var h = to.Lambda - from.Lambda;
        var terms = SolverTerms.Of(_config.Algorithm, from, to, h);
        var (newest, before, oldest) = Weights(index, Order(index), terms, h);

        TensorPrimitives.Multiply(sample, (float)terms.Sample, sample);
        TensorPrimitives.MultiplyAdd(_outputs[0], (float)newest, sample, sample);
        if (before != 0) TensorPrimitives.MultiplyAdd(_outputs[1], (float)before, sample, sample);
        if (oldest != 0) TensorPrimitives.MultiplyAdd(_outputs[2], (float)oldest, sample, sample);
        if (!_stochastic) return;
        if (_noise.Length != sample.Length) _noise = new float[sample.Length];
        noise.Fill(_noise);
        TensorPrimitives.MultiplyAdd(_noise, (float)terms.Noise, sample, sample);
    }

    private int Order(int index)
    {
        var left = _model.Steps - index;
        var few = _config.LowerOrderFinal && _model.Steps < FewSteps;
        if (left == 1 && (_config.EulerAtFinal || few || _config.FinalSigma == FinalSigma.Zero)) return 1;
        return Math.Min(_outputs.Count, left == 2 && few ? 2 : _config.SolverOrder);
    }

    // Derivatives are divided differences of the outputs; here they are folded into one factor for each output.
    private (double Newest, double Before, double Oldest) Weights(int index, int order, SolverTerms terms, double h)
    {
        if (order == 1) return (terms.Constant, 0, 0);
        var r0 = (_model[index].Lambda - _model[index - 1].Lambda) / h;
        if (order == 2)
        {
            var slope = (_config.Rule == SolverRule.Heun ? terms.Slope : terms.Midpoint) / r0;
            return (terms.Constant + slope, -slope, 0);
        }
        var r1 = (_model[index - 1].Lambda - _model[index - 2].Lambda) / h;
        var near = (terms.Slope * (1 + (r0 / (r0 + r1)))) + (terms.Curvature / (r0 + r1));
        var far = (-terms.Slope * r0 / (r0 + r1)) - (terms.Curvature / (r0 + r1));
        return (terms.Constant + (near / r0), (-near / r0) + (far / r1), -far / r1);
    }
}
