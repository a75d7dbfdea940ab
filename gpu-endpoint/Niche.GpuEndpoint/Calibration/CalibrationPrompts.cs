namespace Niche.GpuEndpoint.Calibration;

/// <summary>
/// Prompts for measuring: the model's own suggestions first, then combinations of its subjects, places and hours in a fixed order.
/// </summary>
internal static class CalibrationPrompts
{
    private static readonly string[] Subjects =
    [
        "a red house", "a yellow hot air balloon", "a blue boat on the left", "a white lighthouse on the right", "a purple castle",
        "three pine trees",
        "a green rocket", "an orange windmill", "a pink cherry blossom tree", "a yellow tent", "two red houses",
    ];

    private static readonly string[] Places =
        ["in the mountains", "on green hills", "by the sea", "in the desert", "in front of a city skyline", "in the forest", "by a lake"];

    private static readonly string[] Hours =
        ["at dawn", "by day with clouds", "at sunset with the sun", "at night with the moon", "on a snowy day"];

    public static IReadOnlyList<string> Take(IReadOnlyList<string> suggestions, int count)
    {
        // The three lengths share no factor, so stepping through all of them at once meets every combination before it repeats.
        var varied = Enumerable.Range(0, Subjects.Length * Places.Length * Hours.Length)
            .Select(i => $"{Subjects[i % Subjects.Length]} {Places[i % Places.Length]} {Hours[i % Hours.Length]}");
        return [.. suggestions.Concat(varied).Distinct().Take(count)];
    }
}
