namespace Niche.Bots.People;

/// <summary>What is kept of a person on one platform.</summary>
/// <param name="AccountId">The account that began with them: what they order is kept under it for ever.</param>
public sealed record Person(string AccountId)
{
    /// <summary>The joined account that they belong to, see <see cref="Accounts.AccountStore"/>; null when alone.</summary>
    public string? Joined { get; init; }

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

    /// <summary>This person's settings, and where there are none those of another.</summary>
    public Person SettingsOver(Person other) => this with { Language = Language ?? other.Language, Defaults = Defaults.Over(other.Defaults) };

    /// <summary>The same person with the settings of another; what operators granted is no setting.</summary>
    public Person WithSettingsOf(Person other) => this with { Language = other.Language, Defaults = other.Defaults, Private = other.Private };
}
