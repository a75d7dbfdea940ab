using System.Collections.Frozen;

namespace Niche.Inference.Schedulers;

/// <summary>Builds schedulers by the class name that model folders carry.</summary>
public static class SchedulerCatalogue
{
    private static readonly FrozenDictionary<string, Func<SchedulerConfig, int, IScheduler>> Known =
        new Dictionary<string, Func<SchedulerConfig, int, IScheduler>>(StringComparer.Ordinal)
        {
            ["DDIMScheduler"] = static (config, steps) => new DdimScheduler(config, steps),
        }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Class names that can be built.</summary>
    public static IReadOnlyCollection<string> Names => Known.Keys;

    /// <summary>Prepares a run.</summary>
    /// <param name="config">Scheduler configuration.</param>
    /// <param name="steps">Number of steps.</param>
    /// <exception cref="FormatException">The class is not known.</exception>
    public static IScheduler Create(SchedulerConfig config, int steps) => Known.TryGetValue(config.ClassName, out var build)
        ? build(config, steps)
        : throw new FormatException(
            $"_class_name is '{config.ClassName}'; known are {string.Join(", ", Known.Keys.Order(StringComparer.Ordinal))}");
}
