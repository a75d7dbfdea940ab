namespace Niche.Subnet.Errors;

/// <summary>Carries a <see cref="NicheError"/> through code that cannot return it.</summary>
public sealed class NicheException : Exception
{
    /// <summary>Wraps an error.</summary>
    public NicheException(NicheError error, Exception? inner = null)
        : base($"{error.Code}: {error.Detail}", inner) => Error = error;

    /// <summary>The error.</summary>
    public NicheError Error { get; }
}
