using System.Globalization;

namespace Niche.Inference.Models;

/// <summary>What a manifest may say. It comes from elsewhere, as weights do, and everything after it takes it at its word.</summary>
internal static class ManifestCheck
{
    private const int LongestName = 200;
    private const int MostFiles = 10_000;
    private const int MostSizes = 1000;
    private const int SmallestSide = 8;
    private const int LargestSide = 16_384;

    /// <summary>The first thing that can not be; null when there is none.</summary>
    public static string? Fault(ModelManifest m)
    {
        if (m.Name is not { Length: > 0 and <= LongestName } || m.Name.Any(char.IsControl)) return $"name must have 1 to {LongestName} characters, none of them a control character";
        if (!Enum.IsDefined(m.Kind)) return "kind must be image, text or embedding";
        if (m.Version is null || m.License is null) return "version and license must be texts";
        if (m.Files is null || m.Files.Count > MostFiles || m.Files.Any(file => file.Key.Contains('\0', StringComparison.Ordinal) || file.Value is null))
            return $"files must be at most {MostFiles} paths with a hash each";
        if (m.Pipelines.Any(one => one is null) || m.Suggestions.Any(one => one is null)) return "pipelines and suggestions must be lists of texts";
        if (m.Loras?.Any(lora => lora?.File is null || !double.IsFinite(lora.Scale)) == true) return "every one of loras needs a file and a number as its scale";
        if (m.Limits?.Batch < 1) return "limits.batch must be 1 or more";
        if (!Sound(m.Steps, 1) || !Sound(m.Guidance, 0) || !Sound(m.Tokens, 1) || m.Context < 1) return "steps, guidance, tokens and context must be ranges that hold their default";
        if (m.PassThrough?.Fault(m.Kind) is { } fault) return fault;
        return m.Sizes.Count <= MostSizes && m.Sizes.All(size => size is { Width: >= SmallestSide and <= LargestSide, Height: >= SmallestSide and <= LargestSide })
            ? null : string.Create(CultureInfo.InvariantCulture, $"sizes must be at most {MostSizes} with sides of {SmallestSide} to {LargestSide} pixels");
    }

    private static bool Sound<T>(Bounds<T>? bounds, T least)
        where T : struct, System.Numerics.INumber<T> => bounds is null || (bounds.Min >= least && bounds.Min <= bounds.Default && bounds.Default <= bounds.Max);
}
