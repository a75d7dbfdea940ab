namespace Niche.Bots.People;

/// <summary>What happens to a prompt for adults.</summary>
public enum AdultPolicy
{
    /// <summary>It is refused.</summary>
    Refuse,

    /// <summary>It is painted, and covered until somebody wants to see it.</summary>
    Cover,

    /// <summary>It is painted; only in channels that the platform knows to be for adults, elsewhere as <see cref="Cover"/>.</summary>
    Allow,
}
