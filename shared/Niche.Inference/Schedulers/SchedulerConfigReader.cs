namespace Niche.Inference.Schedulers;

/// <summary>Reads a scheduler's configuration with the defaults of its diffusers class, which differ from class to class.</summary>
internal static class SchedulerConfigReader
{
    private const int MaxTrainTimesteps = 100_000;

    // Classes whose betas default to those of latent diffusion.
    private static readonly string[] LatentBetas =
    [
        "HeunDiscreteScheduler", "KDPM2DiscreteScheduler", "KDPM2AncestralDiscreteScheduler", "DPMSolverSDEScheduler", "LCMScheduler", "TCDScheduler",
    ];

    // Classes that take timesteps from the start of each interval; the others default to an even spread.
    private static readonly string[] Leading = ["", "DDIMScheduler", "DDPMScheduler", "PNDMScheduler", "LCMScheduler", "TCDScheduler"];

    public static SchedulerConfig Read(ConfigReader read)
    {
        var name = read.Text("_class_name", "");
        var latent = LatentBetas.Contains(name);
        var distilled = name is "LCMScheduler" or "TCDScheduler";
        var trained = read.Whole("num_train_timesteps", 1000, 1, MaxTrainTimesteps);
        if (read.Flag("thresholding", false)) throw new FormatException("thresholding is not supported; it only concerns pixel-space models");
        return new SchedulerConfig
        {
            ClassName = name,
            TrainTimesteps = trained,
            BetaStart = read.Number("beta_start", latent ? 0.00085 : 0.0001),
            BetaEnd = read.Number("beta_end", latent ? 0.012 : 0.02),
            BetaSchedule = read.Choice("beta_schedule", distilled ? "scaled_linear" : "linear",
                ("linear", BetaSchedule.Linear), ("scaled_linear", BetaSchedule.ScaledLinear), ("squaredcos_cap_v2", BetaSchedule.SquaredCosine)),
            TrainedBetas = TrainedBetas(read, trained),
            PredictionType = read.Choice("prediction_type", "epsilon",
                ("epsilon", PredictionType.Epsilon), ("v_prediction", PredictionType.VPrediction), ("sample", PredictionType.Sample),
                ("original_sample", PredictionType.Sample), ("flow_prediction", PredictionType.Flow)),
            TimestepSpacing = read.Choice("timestep_spacing", Leading.Contains(name) ? "leading" : "linspace",
                ("leading", TimestepSpacing.Leading), ("trailing", TimestepSpacing.Trailing), ("linspace", TimestepSpacing.Linspace)),
            StepsOffset = read.Whole("steps_offset", 0, 0, MaxTrainTimesteps),
            SetAlphaToOne = read.Flag("set_alpha_to_one", name != "PNDMScheduler"),
            ClipSample = read.Flag("clip_sample", name is "" or "DDIMScheduler" or "DDPMScheduler"),
            ClipSampleRange = read.Number("clip_sample_range", 1.0),
            RescaleZeroSnr = read.Flag("rescale_betas_zero_snr", false),
            SigmaSpacing = Spacing(read),
            SigmaMin = read.OptionalNumber("sigma_min"),
            SigmaMax = read.OptionalNumber("sigma_max"),
            FinalSigma = read.Choice("final_sigmas_type", "zero", ("zero", FinalSigma.Zero), ("sigma_min", FinalSigma.Minimum)),
            LogLinear = read.Choice("interpolation_type", "linear", ("linear", false), ("log_linear", true)),
            ContinuousTimesteps = read.Choice("timestep_type", "discrete", ("discrete", false), ("continuous", true)),
            SolverOrder = read.Whole("solver_order", 2, 1, 3),
            Algorithm = Algorithm(read),
            Rule = Rule(read, name),
            LowerOrderFinal = read.Flag("lower_order_final", name != "DPMSolverSinglestepScheduler"),
            EulerAtFinal = read.Flag("euler_at_final", false),
            LambdaMinClipped = read.OptionalNumber("lambda_min_clipped") ?? double.NegativeInfinity,
            PredictClean = read.Flag("predict_x0", true),
            UncorrectedSteps = read.Wholes("disable_corrector", trained),
            VarianceType = read.Choice("variance_type", "fixed_small",
                ("fixed_small", VarianceType.FixedSmall), ("fixed_small_log", VarianceType.FixedSmallLog), ("fixed_large", VarianceType.FixedLarge)),
            OriginalSteps = read.Whole("original_inference_steps", 50, 1, trained),
            TimestepScaling = read.Number("timestep_scaling", 10),
            SkipRungeKutta = read.Flag("skip_prk_steps", false),
            Shift = read.Has("flow_shift") ? read.Number("flow_shift", 1) : read.Number("shift", 1),
            DynamicShift = read.Flag("use_dynamic_shifting", false),
            TimeShift = read.Choice("time_shift_type", "exponential", ("exponential", TimeShift.Exponential), ("linear", TimeShift.Linear)),
            BaseShift = read.Number("base_shift", 0.5),
            MaxShift = read.Number("max_shift", 1.15),
            BaseImageTokens = read.Whole("base_image_seq_len", 256, 1, int.MaxValue),
            MaxImageTokens = read.Whole("max_image_seq_len", 4096, 1, int.MaxValue),
            ShiftTerminal = read.OptionalNumber("shift_terminal"),
            InvertSigmas = read.Flag("invert_sigmas", false),
            StochasticSampling = read.Flag("stochastic_sampling", false),
        };
    }

    private static float[]? TrainedBetas(ConfigReader read, int trained)
    {
        if (!read.Has("trained_betas")) return null;
        var betas = read.Numbers("trained_betas", MaxTrainTimesteps);
        if (betas.Length != trained) throw new FormatException($"trained_betas has {betas.Length} values; num_train_timesteps asks for {trained}");
        foreach (var beta in betas)
        {
            if (beta is < 0 or > 1) throw new FormatException("trained_betas must lie between 0 and 1");
        }
        return [.. betas.Select(beta => (float)beta)];
    }

    private static SigmaSpacing Spacing(ConfigReader read)
    {
        ReadOnlySpan<(string Flag, SigmaSpacing Value)> flags =
        [
            ("use_karras_sigmas", SigmaSpacing.Karras), ("use_exponential_sigmas", SigmaSpacing.Exponential), ("use_beta_sigmas", SigmaSpacing.Beta),
            ("use_lu_lambdas", SigmaSpacing.Lu), ("use_flow_sigmas", SigmaSpacing.Flow),
        ];
        var (chosen, by) = (SigmaSpacing.Timesteps, "");
        foreach (var (flag, value) in flags)
        {
            if (!read.Flag(flag, false)) continue;
            if (by.Length > 0) throw new FormatException($"{by} and {flag} exclude one another");
            (chosen, by) = (value, flag);
        }
        return chosen;
    }

    // The names of other solver families are taken for this one's default, as diffusers does when one configuration serves several classes.
    private static SolverAlgorithm Algorithm(ConfigReader read) => read.Choice("algorithm_type", "dpmsolver++",
        ("dpmsolver++", SolverAlgorithm.DpmSolverPlusPlus), ("deis", SolverAlgorithm.DpmSolverPlusPlus), ("dpmsolver", SolverAlgorithm.DpmSolver),
        ("sde-dpmsolver++", SolverAlgorithm.StochasticPlusPlus), ("sde-dpmsolver", SolverAlgorithm.Stochastic));

    private static SolverRule Rule(ConfigReader read, string name)
    {
        var uni = name == "UniPCMultistepScheduler";
        var rule = read.Choice("solver_type", uni ? "bh2" : "midpoint",
            ("midpoint", SolverRule.Midpoint), ("heun", SolverRule.Heun), ("bh1", SolverRule.Bh1), ("bh2", SolverRule.Bh2), ("logrho", SolverRule.Midpoint));
        return (uni, rule) switch
        {
            (true, SolverRule.Midpoint or SolverRule.Heun) => SolverRule.Bh2,
            (false, SolverRule.Bh1 or SolverRule.Bh2) => SolverRule.Midpoint,
            _ => rule,
        };
    }
}
