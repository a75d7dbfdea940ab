namespace Niche.Bittensor.Chain.Extrinsics;

/// <summary>An extrinsic can not be signed or checked for this runtime without guessing; the message says which part of it is unknown.</summary>
public sealed class ExtrinsicException : Exception
{
    /// <summary>An empty instance.</summary>
    public ExtrinsicException()
    {
    }

    /// <summary>Says what is unknown.</summary>
    public ExtrinsicException(string message)
        : base(message)
    {
    }

    /// <summary>Says what is unknown, with a cause.</summary>
    public ExtrinsicException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
