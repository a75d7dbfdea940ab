using Niche.Bots.Texts;

namespace Niche.Bots.Handling;

/// <summary>What was asked for cannot be done, for a reason that the person is told.</summary>
public sealed class RefusalException(Notice notice, Exception? inner = null) : Exception(notice.Key, inner)
{
    /// <summary>The reason.</summary>
    public Notice Notice => notice;
}
