namespace Niche.Subnet.Policy;

/// <summary>What happens to the emission share of a category in which nobody scored.</summary>
public enum EmptyCategoryRule
{
    /// <summary>The other categories get it in proportion (what the reference does without saying so).</summary>
    Redistribute,

    /// <summary>It goes to the hotkey named by <see cref="WeightPolicy.BurnHotkey"/>.</summary>
    Burn,
}
