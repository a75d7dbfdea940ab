namespace Niche.DiscordStandIn.Interactions;

/// <summary>What is wrong with a request on purpose.</summary>
public enum Forgery
{
    /// <summary>Nothing: as Discord sends it.</summary>
    None,

    /// <summary>Signed by somebody else.</summary>
    WrongKey,

    /// <summary>A byte of the signature is another.</summary>
    BrokenSignature,

    /// <summary>The body changed after it was signed.</summary>
    ChangedBody,

    /// <summary>The end of the body got lost.</summary>
    TruncatedBody,

    /// <summary>The timestamp changed after it was signed.</summary>
    ChangedTimestamp,

    /// <summary>Signed well, an hour ago.</summary>
    Old,

    /// <summary>No signature.</summary>
    NoSignature,

    /// <summary>No timestamp.</summary>
    NoTimestamp,

    /// <summary>A signature that is no hexadecimal number.</summary>
    NotHexadecimal,
}
