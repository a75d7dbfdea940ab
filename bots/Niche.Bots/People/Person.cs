namespace Niche.Bots.People;

/// <summary>What is kept of a person on one platform.</summary>
/// <param name="AccountId">The account behind it; joined accounts share one.</param>
public sealed record Person(string AccountId)
{
    /// <summary>Language that they chose; null follows the platform.</summary>
    public string? Language { get; init; }

    /// <summary>What their requests mean when they do not say.</summary>
    public PaintDefaults Defaults { get; init; } = new();

    /// <summary>Answers are for their eyes only unless they say otherwise.</summary>
    public bool Private { get; init; }

    /// <summary>Orders that ended and could not be brought to them; told at the next visit.</summary>
    public IReadOnlyList<string> Unseen { get; init; } = [];

    /// <summary>Pictures an hour that an operator granted; null takes the general number.</summary>
    public int? PicturesPerHour { get; init; }
}
