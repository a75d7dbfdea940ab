namespace Niche.Bots.Discord.Interactions;

/// <summary>JSON from Discord, or from somebody who plays Discord, that is not what Discord documents.</summary>
public sealed class DiscordFormatException : Exception
{
    /// <summary>A fault without words.</summary>
    public DiscordFormatException()
    {
    }

    /// <summary>A fault.</summary>
    public DiscordFormatException(string message)
        : base(message)
    {
    }

    /// <summary>A fault with its cause.</summary>
    public DiscordFormatException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
