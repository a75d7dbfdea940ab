namespace Niche.Triggers;

/// <summary>Who may call an HTTP function.</summary>
public enum AuthorizationLevel
{
    /// <summary>Everybody.</summary>
    Anonymous = 0,

    /// <summary>Callers with a user token. Not available in the embedded engine: refused at start.</summary>
    User = 1,

    /// <summary>Callers with a key of the function, of the host, or the master key.</summary>
    Function = 2,

    /// <summary>Callers with a system key. Not available in the embedded engine: refused at start.</summary>
    System = 3,

    /// <summary>Callers with the master key.</summary>
    Admin = 4,
}
