namespace Niche.Bittensor.Chain;

/// <summary>The chain could not be read: unreachable, refused, or an answer that can not be understood.</summary>
public sealed class SubtensorException : Exception
{
    /// <summary>An empty instance.</summary>
    public SubtensorException()
    {
    }

    /// <summary>Says what was asked and what came back.</summary>
    public SubtensorException(string message)
        : base(message)
    {
    }

    /// <summary>Says what was asked, with the cause.</summary>
    public SubtensorException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
