namespace Niche.Bittensor.Wallets;

/// <summary>A wallet that can not be read or written. The message says what to do and names paths and addresses, never a secret or a password.</summary>
public sealed class WalletException : Exception
{
    /// <summary>An empty instance.</summary>
    public WalletException()
    {
    }

    /// <summary>Says what is wrong.</summary>
    public WalletException(string message)
        : base(message)
    {
    }

    /// <summary>Says what is wrong, with its cause.</summary>
    public WalletException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Says what is wrong, as a code and in words.</summary>
    public WalletException(WalletFault fault, string message, Exception? innerException = null)
        : base(message, innerException) => Fault = fault;

    /// <summary>The kind of fault.</summary>
    public WalletFault Fault { get; } = WalletFault.Malformed;
}
