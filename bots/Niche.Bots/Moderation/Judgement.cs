namespace Niche.Bots.Moderation;

/// <summary>What a moderator says; the greater, the stricter.</summary>
public enum Judgement
{
    /// <summary>Nothing to say.</summary>
    Fine,

    /// <summary>For adults: the channel's policy decides.</summary>
    Adult,

    /// <summary>Never.</summary>
    Refused,
}
