namespace Niche.Storage;

/// <summary>Why a storage call was refused or failed.</summary>
public enum StorageErrorCode
{
    /// <summary>A queue, container, blob or table name, or a key, breaks the rules. The caller's fault.</summary>
    InvalidName,

    /// <summary>A count, time span or text is out of its documented range. The caller's fault.</summary>
    InvalidArgument,

    /// <summary>A body, row or blob is larger than allowed. The caller's fault.</summary>
    TooLarge,

    /// <summary>Stored data cannot be read: restore or move the named file.</summary>
    Corrupt,

    /// <summary>The service refused the identity: check the connection string or role assignments.</summary>
    Unauthorized,

    /// <summary>The service, disk or database does not answer or is full; trying again may help.</summary>
    Unavailable,

    /// <summary>The Storage section of the configuration is incomplete or wrong.</summary>
    Misconfigured,
}
