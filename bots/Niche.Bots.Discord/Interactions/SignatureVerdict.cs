namespace Niche.Bots.Discord.Interactions;

/// <summary>What a signature said about a request.</summary>
public enum SignatureVerdict
{
    /// <summary>Discord signed these bytes, and lately.</summary>
    Genuine,

    /// <summary>A header is missing or has no possible form.</summary>
    Malformed,

    /// <summary>The time is too far from ours: an old request sent again.</summary>
    Stale,

    /// <summary>Somebody else wrote this, or the bytes changed on the way.</summary>
    Forged,
}
