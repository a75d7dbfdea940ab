using Niche.Bots.Outgoing;

namespace Niche.Bots.Platforms;

/// <summary>A text in the making. Whatever happens to it, the finished text is sent by <see cref="IChatPlatform.SendAsync"/>.</summary>
public interface ILiveText
{
    /// <summary>Least time between two updates.</summary>
    TimeSpan UpdateEvery { get; }

    /// <summary>Shows the text so far.</summary>
    Task UpdateAsync(RichText text, CancellationToken ct);
}
