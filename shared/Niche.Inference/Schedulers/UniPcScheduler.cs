using System.Numerics.Tensors;
using Niche.Inference.Random;

namespace Niche.Inference.Schedulers;

/// <summary>
/// UniPC (Zhao et al., "A Unified Predictor-Corrector Framework", 2023) of order 1 to 3: each new output first corrects the step that led to
/// it, then predicts the next.
/// </summary>
internal sealed class UniPcScheduler : IScheduler
{
    private readonly SchedulerConfig _config;
    private readonly SolverModel _model;
    private readonly SolverHistory _outputs;
    private float[] _converted = [];
    private float[] _start = [];
    private int _order;

    public UniPcScheduler(SchedulerConfig config, int steps)
    {
        if (config.PredictionType == PredictionType.Flow && !config.PredictClean)
            throw new FormatException("prediction_type 'flow_prediction' needs predict_x0");
        (_config, _outputs) = (config, new SolverHistory(config.SolverOrder));
        _model = new SolverModel(config, steps, config.PredictClean);
    }

    public ReadOnlySpan<float> Timesteps => _model.Timesteps;

    public float InitialNoiseSigma => 1;

    public void ScaleModelInput(int index, ReadOnlySpan<float> sample, Span<float> scaled) => sample.CopyTo(scaled);

    public void AddNoise(int index, ReadOnlySpan<float> noise, Span<float> clean) => _model.AddNoise(index, noise, clean);

    public void Step(int index, ReadOnlySpan<float> modelOutput, Span<float> sample, INoiseSource noise)
    {
        if (_start.Length != sample.Length) (_start, _converted) = (new float[sample.Length], new float[sample.Length]);
        _model.Convert(index, sample, modelOutput, _converted);
        if (_outputs.Count > 0 && !_config.UncorrectedSteps.Contains(index - 1)) Correct(index, sample);
        _converted.CopyTo(_outputs.Push(sample.Length));
        sample.CopyTo(_start);
        _order = Math.Min(Order(_model.Steps - index), _outputs.Count);
        Predict(index, sample);
    }

    // Differences to earlier outputs mean nothing over the infinite distance to a sample without noise.
    private int Order(int left) =>
        _config.LowerOrderFinal ? Math.Min(_config.SolverOrder, left) : left == 1 && _config.FinalSigma == FinalSigma.Zero ? 1 : _config.SolverOrder;

    private void Predict(int index, Span<float> sample)
    {
        var terms = UniPcTerms.Of(_config, _model, index, _order);
        Span<double> weights = stackalloc double[Math.Max(0, _order - 1)];
        terms.PredictorWeights(weights);
        var newest = terms.Constant;
        for (var i = 0; i < weights.Length; i++) newest -= terms.Correction * weights[i] / terms.Ratios[i];
        TensorPrimitives.Multiply(_start, (float)terms.Sample, sample);
        TensorPrimitives.MultiplyAdd(_outputs[0], (float)newest, sample, sample);
        for (var i = 0; i < weights.Length; i++)
            TensorPrimitives.MultiplyAdd(_outputs[i + 1], (float)(terms.Correction * weights[i] / terms.Ratios[i]), sample, sample);
    }

    // Takes the last step again, from its start, now that the output at its end is known.
    private void Correct(int index, Span<float> sample)
    {
        var terms = UniPcTerms.Of(_config, _model, index - 1, _order);
        Span<double> weights = stackalloc double[_order];
        terms.CorrectorWeights(weights);
        var newest = terms.Constant - (terms.Correction * weights[^1]);
        for (var i = 0; i < _order - 1; i++) newest -= terms.Correction * weights[i] / terms.Ratios[i];
        TensorPrimitives.Multiply(_start, (float)terms.Sample, sample);
        TensorPrimitives.MultiplyAdd(_outputs[0], (float)newest, sample, sample);
        for (var i = 0; i < _order - 1; i++)
            TensorPrimitives.MultiplyAdd(_outputs[i + 1], (float)(terms.Correction * weights[i] / terms.Ratios[i]), sample, sample);
        TensorPrimitives.MultiplyAdd(_converted, (float)(terms.Correction * weights[^1]), sample, sample);
    }
}
