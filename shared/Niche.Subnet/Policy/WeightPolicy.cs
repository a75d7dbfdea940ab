namespace Niche.Subnet.Policy;

/// <summary>How scores become the weight vector, and when a vector is too strange to be set.</summary>
public sealed record WeightPolicy
{
    /// <summary>Blocks between two weight settings.</summary>
    public int IntervalBlocks { get; init; } = 100;

    /// <summary>Fate of an empty category's share.</summary>
    public EmptyCategoryRule EmptyCategory { get; init; } = EmptyCategoryRule.Redistribute;

    /// <summary>Hotkey that takes burned shares; needed with <see cref="EmptyCategoryRule.Burn"/>.</summary>
    public string? BurnHotkey { get; init; }

    /// <summary>Largest total variation distance (half the L1 distance, 0..1) to the last vector that is set without a person's consent.</summary>
    public double MaxChange { get; init; } = 0.5;

    /// <summary>Fewest rewards behind a vector; with fewer the last vector is kept.</summary>
    public int MinRewards { get; init; } = 3;
}
