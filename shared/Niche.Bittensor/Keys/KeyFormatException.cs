namespace Niche.Bittensor.Keys;

/// <summary>A mnemonic, secret URI, seed or address that can not be read. The message says what is expected and never repeats a secret.</summary>
public sealed class KeyFormatException : FormatException
{
    /// <summary>An empty instance.</summary>
    public KeyFormatException()
    {
    }

    /// <summary>Says what is wrong and what is expected.</summary>
    public KeyFormatException(string message)
        : base(message)
    {
    }

    /// <summary>Says what is wrong, with its cause.</summary>
    public KeyFormatException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
