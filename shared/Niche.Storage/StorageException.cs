namespace Niche.Storage;

/// <summary>The one exception that the stores throw (besides cancellation and use after disposal).</summary>
public sealed class StorageException : Exception
{
    /// <summary>Creates an exception whose message says what to do.</summary>
    public StorageException(StorageErrorCode code, string message, Exception? inner = null)
        : base(message, inner) => Code = code;

    /// <summary>The typed reason.</summary>
    public StorageErrorCode Code { get; }
}
