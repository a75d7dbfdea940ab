namespace Niche.Functions.Api.Accounts;

/// <summary>What a caller may do with a job.</summary>
public enum JobRight
{
    /// <summary>Not even know of it.</summary>
    None,

    /// <summary>Look at it: it stands in a public channel.</summary>
    Look,

    /// <summary>All, as anybody may: it belongs to nobody.</summary>
    Anybody,

    /// <summary>All: it is theirs.</summary>
    Owner,
}
