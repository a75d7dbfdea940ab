using System.Text.Json;

namespace Niche.Inference.Schedulers;

/// <summary>A <c>scheduler_config.json</c> with the defaults that diffusers fills in for its class; see there for what each value does.</summary>
public sealed record SchedulerConfig
{
    /// <summary>Class name, such as <c>DDIMScheduler</c>.</summary>
    public required string ClassName { get; init; }

    /// <summary>Timesteps of training.</summary>
    public int TrainTimesteps { get; init; } = 1000;

    /// <summary>First beta.</summary>
    public double BetaStart { get; init; } = 0.0001;

    /// <summary>Last beta.</summary>
    public double BetaEnd { get; init; } = 0.02;

    /// <summary>Shape between the two.</summary>
    public BetaSchedule BetaSchedule { get; init; }

    /// <summary>The betas themselves, one per training timestep; they override the schedule.</summary>
    public IReadOnlyList<float>? TrainedBetas { get; init; }

    /// <summary>What the denoiser predicts.</summary>
    public PredictionType PredictionType { get; init; }

    /// <summary>Spread of timesteps.</summary>
    public TimestepSpacing TimestepSpacing { get; init; }

    /// <summary>Added to leading timesteps.</summary>
    public int StepsOffset { get; init; }

    /// <summary>Whether the step after the last one is free of noise.</summary>
    public bool SetAlphaToOne { get; init; } = true;

    /// <summary>Whether the predicted clean sample is clipped.</summary>
    public bool ClipSample { get; init; } = true;

    /// <summary>Bound of the clip.</summary>
    public double ClipSampleRange { get; init; } = 1.0;

    /// <summary>Whether betas are rescaled to end in pure noise.</summary>
    public bool RescaleZeroSnr { get; init; }

    /// <summary>Spread of noise levels.</summary>
    public SigmaSpacing SigmaSpacing { get; init; }

    /// <summary>Smallest noise level of the spread; null for that of training.</summary>
    public double? SigmaMin { get; init; }

    /// <summary>Largest noise level of the spread; null for that of training.</summary>
    public double? SigmaMax { get; init; }

    /// <summary>Noise level after the last step.</summary>
    public FinalSigma FinalSigma { get; init; }

    /// <summary>Whether Euler spreads its levels evenly in the logarithm (<c>interpolation_type: log_linear</c>).</summary>
    public bool LogLinear { get; init; }

    /// <summary>Whether Euler shows a quarter of the log level instead of a timestep (<c>timestep_type: continuous</c>, v-prediction only).</summary>
    public bool ContinuousTimesteps { get; init; }

    /// <summary>Order of a multistep solver, 1 to 3.</summary>
    public int SolverOrder { get; init; } = 2;

    /// <summary>What a DPM-Solver integrates.</summary>
    public SolverAlgorithm Algorithm { get; init; }

    /// <summary>Variant of the higher-order terms.</summary>
    public SolverRule Rule { get; init; }

    /// <summary>Whether the last steps fall back to lower orders.</summary>
    public bool LowerOrderFinal { get; init; } = true;

    /// <summary>Whether the very last step is of first order.</summary>
    public bool EulerAtFinal { get; init; }

    /// <summary>Smallest log signal-to-noise ratio that is sampled.</summary>
    public double LambdaMinClipped { get; init; } = double.NegativeInfinity;

    /// <summary>Whether UniPC works on the clean sample rather than the noise.</summary>
    public bool PredictClean { get; init; } = true;

    /// <summary>Steps after which UniPC does not correct.</summary>
    public IReadOnlyList<int> UncorrectedSteps { get; init; } = [];

    /// <summary>Variance that DDPM adds.</summary>
    public VarianceType VarianceType { get; init; }

    /// <summary>Steps of the teacher that LCM and TCD were distilled from.</summary>
    public int OriginalSteps { get; init; } = 50;

    /// <summary>Scale of timesteps in LCM's boundary condition.</summary>
    public double TimestepScaling { get; init; } = 10;

    /// <summary>Whether PNDM starts without its Runge-Kutta steps.</summary>
    public bool SkipRungeKutta { get; init; }

    /// <summary>Shift of flow matching towards noise (<c>shift</c>, <c>flow_shift</c>).</summary>
    public double Shift { get; init; } = 1;

    /// <summary>Whether the shift follows the size of the picture.</summary>
    public bool DynamicShift { get; init; }

    /// <summary>How a dynamic shift bends time.</summary>
    public TimeShift TimeShift { get; init; }

    /// <summary>Shift (mu) of the smallest picture.</summary>
    public double BaseShift { get; init; } = 0.5;

    /// <summary>Shift (mu) of the largest picture.</summary>
    public double MaxShift { get; init; } = 1.15;

    /// <summary>Tokens of the smallest picture.</summary>
    public int BaseImageTokens { get; init; } = 256;

    /// <summary>Tokens of the largest picture.</summary>
    public int MaxImageTokens { get; init; } = 4096;

    /// <summary>Level to which the last flow level is stretched; null to leave it.</summary>
    public double? ShiftTerminal { get; init; }

    /// <summary>Whether flow levels fall evenly to 1/steps before they are shifted, as the Flux pipeline asks, rather than to the smallest of training.</summary>
    public bool EvenFlowSteps { get; init; }

    /// <summary>Whether flow time runs backwards.</summary>
    public bool InvertSigmas { get; init; }

    /// <summary>Whether flow matching draws fresh noise in every step.</summary>
    public bool StochasticSampling { get; init; }

    /// <summary>Reads a configuration.</summary>
    /// <param name="json">The root object.</param>
    /// <exception cref="FormatException">A value has the wrong type or lies outside its range, or asks for what is not
    /// supported.</exception>
    public static SchedulerConfig Parse(JsonElement json) => SchedulerConfigReader.Read(new ConfigReader(json));
}
