namespace Niche.Bots.Discord.Gateway;

/// <summary>The gateway refuses this app for good; the message says what to change.</summary>
public sealed class GatewayException : Exception
{
    /// <summary>A refusal without words.</summary>
    public GatewayException()
    {
    }

    /// <summary>A refusal.</summary>
    public GatewayException(string message)
        : base(message)
    {
    }

    /// <summary>A refusal with its cause.</summary>
    public GatewayException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
