namespace Niche.Subnet.Scoring;

/// <summary>Reward formulas by name.</summary>
public static class RewardFormulas
{
    private static readonly IRewardFormula[] All = [new SeedRewardFormula(), new HeadRewardFormula()];

    /// <summary>Known names.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. All.Select(formula => formula.Name)];

    /// <summary>The formula, or null when the name is unknown.</summary>
    public static IRewardFormula? Find(string? name) => Array.Find(All, formula => formula.Name == name);
}
