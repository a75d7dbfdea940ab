namespace Niche.Bots.Accounts;

/// <summary>What became of the wish to join two accounts.</summary>
public enum JoinOutcome
{
    /// <summary>They are one now.</summary>
    Joined,

    /// <summary>They were one already.</summary>
    AlreadyOne,

    /// <summary>Together they would have too many members.</summary>
    TooMany,

    /// <summary>Somebody changed one of them at the same moment: again.</summary>
    Changed,
}
