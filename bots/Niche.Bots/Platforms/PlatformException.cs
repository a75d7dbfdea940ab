namespace Niche.Bots.Platforms;

/// <summary>The one exception of <see cref="IChatPlatform"/>. Messages never hold tokens or people's texts.</summary>
public sealed class PlatformException : Exception
{
    /// <summary>Creates a fault.</summary>
    public PlatformException(PlatformFault fault, string message, TimeSpan? retryAfter = null, Exception? inner = null)
        : base(message, inner) => (Fault, RetryAfter) = (fault, retryAfter);

    /// <summary>The typed reason.</summary>
    public PlatformFault Fault { get; }

    /// <summary>When asking again makes sense; set for <see cref="PlatformFault.Busy"/>.</summary>
    public TimeSpan? RetryAfter { get; }
}
