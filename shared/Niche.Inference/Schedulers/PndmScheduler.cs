using System.Numerics.Tensors;
using Niche.Inference.Random;

namespace Niche.Inference.Schedulers;

/// <summary>
/// Pseudo numerical methods (Liu et al., 2022): linear multistep on the predicted noise, started by Runge-Kutta steps or, as latent diffusion
/// does, by going over the second timestep twice.
/// </summary>
internal sealed class PndmScheduler : AlphaScheduler
{
    private const int RungeKuttaGroups = 3;
    private const int RungeKuttaStages = 4;
    private readonly SchedulerConfig _config;
    private readonly int _stride;
    private readonly int _rungeKutta;
    private readonly SolverHistory _outputs = new(4);
    private float[] _start = [];
    private float[] _sum = [];

    public PndmScheduler(SchedulerConfig config, int steps)
        : base(config, Order(config, steps))
    {
        if (config.PredictionType is not (PredictionType.Epsilon or PredictionType.VPrediction))
            throw new FormatException("PNDM knows prediction_type 'epsilon' and 'v_prediction'");
        (_config, _stride) = (config, config.TrainTimesteps / steps);
        _rungeKutta = config.SkipRungeKutta ? 0 : RungeKuttaGroups * RungeKuttaStages;
    }

    // Past the timesteps that the start goes over more than once.
    public override int IndexOf(int step) => _rungeKutta == 0
        ? step == 0 ? 0 : step + 1
        : step < RungeKuttaGroups ? step * RungeKuttaStages : _rungeKutta + step - RungeKuttaGroups;

    public override void Step(int index, ReadOnlySpan<float> modelOutput, Span<float> sample, INoiseSource noise)
    {
        if (_start.Length != sample.Length) (_start, _sum) = (new float[sample.Length], new float[sample.Length]);
        if (index < _rungeKutta) RungeKutta(index, modelOutput, sample);
        else Multistep(index, (int)Timesteps[index], modelOutput, sample);
    }

    private void RungeKutta(int index, ReadOnlySpan<float> output, Span<float> sample)
    {
        var stage = index % RungeKuttaStages;
        var first = (int)Timesteps[index - stage];
        var to = (int)Timesteps[index] - (index % 2 == 0 ? _stride / 2 : 0);
        if (stage == 0)
        {
            sample.CopyTo(_start);
            output.CopyTo(_outputs.Push(output.Length));
            TensorPrimitives.Multiply(output, 1f / 6, _sum);
            Move(first, to, _start, output, sample);
            return;
        }
        TensorPrimitives.MultiplyAdd(output, stage == RungeKuttaStages - 1 ? 1f / 6 : 1f / 3, _sum, _sum);
        Move(first, to, _start, stage == RungeKuttaStages - 1 ? _sum : output, sample);
    }

    private void Multistep(int index, int timestep, ReadOnlySpan<float> output, Span<float> sample)
    {
        // The second pass over the second timestep corrects the first step instead of taking a new one.
        if (index == 1 && _config.SkipRungeKutta)
        {
            TensorPrimitives.Add(output, _outputs[0], _sum);
            TensorPrimitives.Divide(_sum, 2f, _sum);
            Move(timestep + _stride, timestep, _start, _sum, sample);
            return;
        }
        output.CopyTo(_outputs.Push(output.Length));
        ReadOnlySpan<float> weights = _outputs.Count switch
        {
            1 => [1],
            2 => [3f / 2, -1f / 2],
            3 => [23f / 12, -16f / 12, 5f / 12],
            _ => [55f / 24, -59f / 24, 37f / 24, -9f / 24],
        };
        _sum.AsSpan().Clear();
        for (var back = 0; back < weights.Length; back++) TensorPrimitives.MultiplyAdd(_outputs[back], weights[back], _sum, _sum);
        sample.CopyTo(_start);
        Move(timestep, timestep - _stride, _start, _sum, sample);
    }

    // Equation 9 of the paper.
    private void Move(int from, int to, ReadOnlySpan<float> start, ReadOnlySpan<float> output, Span<float> sample)
    {
        var (alpha, next) = (Alpha(from), Alpha(to));
        var denominator = (alpha * Math.Sqrt(1 - next)) + Math.Sqrt(alpha * (1 - alpha) * next);
        var (ofStart, ofNoise) = (Math.Sqrt(next / alpha), (alpha - next) / denominator);
        var (ofSample, ofOutput) = _config.PredictionType == PredictionType.VPrediction
            ? (ofStart + (ofNoise * Math.Sqrt(1 - alpha)), ofNoise * Math.Sqrt(alpha))
            : (ofStart, ofNoise);
        TensorPrimitives.Multiply(start, (float)ofSample, sample);
        TensorPrimitives.MultiplyAdd(output, (float)ofOutput, sample, sample);
    }

    private static float[] Order(SchedulerConfig config, int steps)
    {
        var timesteps = NoiseSchedule.Timesteps(config, steps);
        if (config.SkipRungeKutta) return steps == 1 ? timesteps : [timesteps[0], timesteps[1], .. timesteps.Skip(1)];
        if (steps <= RungeKuttaGroups) throw new FormatException($"PNDM with its Runge-Kutta start needs more than {RungeKuttaGroups} steps");
        var half = config.TrainTimesteps / steps / 2;
        var start = new List<float>();
        for (var i = 0; i < RungeKuttaGroups; i++)
        {
            var next = timesteps[i + 1];
            start.AddRange([timesteps[i], timesteps[i] - half, timesteps[i] - half, next]);
        }
        return [.. start, .. timesteps.Skip(RungeKuttaGroups)];
    }
}
