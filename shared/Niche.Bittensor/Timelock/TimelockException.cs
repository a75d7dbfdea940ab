namespace Niche.Bittensor.Timelock;

/// <summary>A ciphertext, signature or payload could not be read. The message says which rule it broke.</summary>
public sealed class TimelockException : Exception
{
    /// <summary>An empty instance.</summary>
    public TimelockException()
    {
    }

    /// <summary>Says what was read and what is wrong with it.</summary>
    public TimelockException(string message)
        : base(message)
    {
    }

    /// <summary>Says what was read, with the cause.</summary>
    public TimelockException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
