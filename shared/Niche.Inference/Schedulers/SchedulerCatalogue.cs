using System.Collections.Frozen;

namespace Niche.Inference.Schedulers;

/// <summary>Builds schedulers by the class name that model folders carry.</summary>
public static class SchedulerCatalogue
{
    private static readonly FrozenDictionary<string, Func<SchedulerConfig, int, int, IScheduler>> Known =
        new Dictionary<string, Func<SchedulerConfig, int, int, IScheduler>>(StringComparer.Ordinal)
        {
            ["DDIMScheduler"] = static (config, steps, _) => new DdimScheduler(config, steps),
            ["DDPMScheduler"] = static (config, steps, _) => new DdpmScheduler(config, steps),
            ["PNDMScheduler"] = static (config, steps, _) => new PndmScheduler(config, steps),
            ["LCMScheduler"] = static (config, steps, _) => new LcmScheduler(config, steps),
            ["TCDScheduler"] = static (config, steps, _) => new TcdScheduler(config, steps),
            ["EulerDiscreteScheduler"] = static (config, steps, _) => new EulerScheduler(config, steps),
            ["EulerAncestralDiscreteScheduler"] = static (config, steps, _) => new EulerAncestralScheduler(config, steps),
            ["HeunDiscreteScheduler"] = static (config, steps, _) => new HeunScheduler(config, steps),
            ["LMSDiscreteScheduler"] = static (config, steps, _) => new LmsScheduler(config, steps),
            ["KDPM2DiscreteScheduler"] = static (config, steps, _) => new Kdpm2Scheduler(config, steps, ancestral: false),
            ["KDPM2AncestralDiscreteScheduler"] = static (config, steps, _) => new Kdpm2Scheduler(config, steps, ancestral: true),
            ["DPMSolverMultistepScheduler"] = static (config, steps, _) => new DpmMultistepScheduler(config, steps),
            ["DPMSolverSinglestepScheduler"] = static (config, steps, _) => new DpmSinglestepScheduler(config, steps),
            ["DPMSolverSDEScheduler"] = static (config, steps, _) => new DpmSdeScheduler(config, steps),
            ["UniPCMultistepScheduler"] = static (config, steps, _) => new UniPcScheduler(config, steps),
            ["FlowMatchEulerDiscreteScheduler"] = static (config, steps, tokens) => new FlowMatchEulerScheduler(config, steps, tokens),
        }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Class names that can be built.</summary>
    public static IReadOnlyCollection<string> Names => Known.Keys;

    /// <summary>Prepares a run.</summary>
    /// <param name="config">Scheduler configuration.</param>
    /// <param name="steps">Number of steps.</param>
    /// <param name="imageTokens">Latent patches of the picture, where the schedule follows its size; null for the largest that the configuration
    /// names.</param>
    /// <exception cref="FormatException">The class is not known, or can not do what the configuration asks.</exception>
    /// <exception cref="ArgumentOutOfRangeException">No steps, or more than training had.</exception>
    public static IScheduler Create(SchedulerConfig config, int steps, int? imageTokens = null) => Known.TryGetValue(config.ClassName, out var build)
        ? build(config, steps, imageTokens ?? config.MaxImageTokens)
        : throw new FormatException(
            $"_class_name is '{config.ClassName}'; known are {string.Join(", ", Known.Keys.Order(StringComparer.Ordinal))}");
}
