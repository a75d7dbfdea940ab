using System.CommandLine;

namespace Niche.GpuEndpoint.Safety;

/// <summary>The options that say what judges pictures.</summary>
internal static class SafetyFlags
{
    private static readonly Option<string?> Model = new("--safety-model")
    {
        Description = "Folder of a model of kind safety that judges every picture before it leaves. [NICHE_ENDPOINT_SAFETY_MODEL]",
        DefaultValueFactory = _ => Environment.GetEnvironmentVariable("NICHE_ENDPOINT_SAFETY_MODEL"),
    };

    private static readonly Option<int> Threshold = BoundedOption.Create(
        "--safety-threshold", "Score in percent from which a picture is held back. [NICHE_ENDPOINT_SAFETY_THRESHOLD]",
        0, 100, 50, "NICHE_ENDPOINT_SAFETY_THRESHOLD");

    public static void AddTo(Command command)
    {
        command.Add(Model);
        command.Add(Threshold);
    }

    /// <summary>Null when nothing judges.</summary>
    public static SafetyOptions? Read(ParseResult parsed) => parsed.GetValue(Model) is { Length: > 0 } folder
        ? new SafetyOptions(folder, parsed.GetRequiredValue(Threshold) / 100.0)
        : null;
}
