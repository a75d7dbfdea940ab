using Niche.Bots.Commands;
using Niche.Bots.Incoming;
using Niche.Bots.Outgoing;

namespace Niche.Bots.Platforms;

/// <summary>
/// A chat platform: all that the core asks of it. Every method throws <see cref="PlatformException"/> and nothing else (besides cancellation); none
/// waits out a rate limit longer than two seconds: it throws <see cref="PlatformFault.Busy"/> with the time, and the core comes back by queue.
/// </summary>
public interface IChatPlatform
{
    /// <summary>Its name, as in <see cref="Place.Platform"/>; also the door of its jobs.</summary>
    string Name { get; }

    /// <summary>What it can do and what fits.</summary>
    PlatformLimits Limits { get; }

    /// <summary>
    /// Sends a view. With a valid <see cref="Place.Token"/> it is the awaited answer to the event (Discord: PATCH @original the first time, a follow-up
    /// afterwards); without, or when the token is void, a message to the channel, tied to <see cref="Place.ReplyTo"/> where that still exists.
    /// </summary>
    /// <param name="place">Where.</param>
    /// <param name="view">What.</param>
    /// <param name="isFirst">It is the first answer to the event, the one that the acknowledgement promised.</param>
    /// <param name="ct">Stops.</param>
    Task<MessageRef> SendAsync(Place place, View view, bool isFirst, CancellationToken ct);

    /// <summary>
    /// Sends a view to a person alone, outside of any event: the last way when what they asked with can no longer be answered. A platform that has no such
    /// way, and a person who takes no messages: <see cref="PlatformFault.Forbidden"/>.
    /// </summary>
    /// <param name="userId">The person.</param>
    /// <param name="view">What.</param>
    /// <param name="key">What the message is about: where a platform can recognise it, the same key twice is one message.</param>
    /// <param name="ct">Stops.</param>
    Task<MessageRef> SendDirectAsync(string userId, View view, string key, CancellationToken ct) =>
        throw new PlatformException(PlatformFault.Forbidden, $"{Name} has no way to write to a person by itself.");

    /// <summary>Replaces a message by a view; the same view twice does nothing and is no fault.</summary>
    /// <returns>The message; another one than before when the platform could only do it by a new one.</returns>
    Task<MessageRef> EditAsync(MessageRef message, View view, CancellationToken ct);

    /// <summary>Deletes a message and what belongs to it; one that is gone is no fault.</summary>
    Task DeleteAsync(MessageRef message, CancellationToken ct);

    /// <summary>Shows that somebody is at work (typing, uploading); lasts a few seconds. Faults are not worth more than a log line.</summary>
    Task ShowBusyAsync(Place place, bool picture, CancellationToken ct);

    /// <summary>A text that grows before the reader's eyes by a means better than edits (Telegram: drafts in private); null when there is none here.</summary>
    ILiveText? OpenLiveText(Place place);

    /// <summary>Fetches a file of a person.</summary>
    /// <param name="attachment">The file.</param>
    /// <param name="maxBytes">More are not read: <see cref="PlatformFault.TooLarge"/>, whatever the file claimed.</param>
    /// <param name="ct">Stops.</param>
    Task<ReadOnlyMemory<byte>> DownloadAsync(Attachment attachment, int maxBytes, CancellationToken ct);

    /// <summary>True when a person may change the settings of a channel.</summary>
    Task<bool> ManagesAsync(Place place, string userId, CancellationToken ct);

    /// <summary>Makes the platform show these commands; an unchanged set sends nothing.</summary>
    Task RegisterAsync(CommandBook commands, CancellationToken ct);
}
