using System.Text.Json;

namespace Niche.Inference.Schedulers;

/// <summary>A <c>scheduler_config.json</c> with the defaults that diffusers fills in.</summary>
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

    /// <summary>Reads a configuration.</summary>
    /// <param name="json">The root object.</param>
    /// <exception cref="FormatException">A value has the wrong type or lies outside its range, or asks for what is not
    /// supported.</exception>
    public static SchedulerConfig Parse(JsonElement json)
    {
        var read = new ConfigReader(json);
        var trained = read.Whole("num_train_timesteps", 1000);
        if (trained is < 1 or > 100_000) throw new FormatException($"num_train_timesteps is {trained}; allowed are 1 to 100000");
        if (read.Flag("thresholding", false))
        {
            throw new FormatException("thresholding is not supported; it only concerns pixel-space models");
        }
        if (read.Has("trained_betas")) throw new FormatException("trained_betas is not supported; name a beta_schedule");
        return new SchedulerConfig
        {
            ClassName = read.Text("_class_name", ""),
            TrainTimesteps = trained,
            BetaStart = read.Number("beta_start", 0.0001),
            BetaEnd = read.Number("beta_end", 0.02),
            BetaSchedule = read.Choice("beta_schedule", "linear",
                ("linear", BetaSchedule.Linear),
                ("scaled_linear", BetaSchedule.ScaledLinear),
                ("squaredcos_cap_v2", BetaSchedule.SquaredCosine)),
            PredictionType = read.Choice("prediction_type", "epsilon",
                ("epsilon", PredictionType.Epsilon), ("v_prediction", PredictionType.VPrediction), ("sample", PredictionType.Sample)),
            TimestepSpacing = read.Choice("timestep_spacing", "leading",
                ("leading", TimestepSpacing.Leading), ("trailing", TimestepSpacing.Trailing), ("linspace", TimestepSpacing.Linspace)),
            StepsOffset = read.Whole("steps_offset", 0),
            SetAlphaToOne = read.Flag("set_alpha_to_one", true),
            ClipSample = read.Flag("clip_sample", true),
            ClipSampleRange = read.Number("clip_sample_range", 1.0),
            RescaleZeroSnr = read.Flag("rescale_betas_zero_snr", false),
        };
    }
}
