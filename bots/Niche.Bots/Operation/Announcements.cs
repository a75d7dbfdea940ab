using System.Text.Json;
using Microsoft.Extensions.Logging;
using Niche.Bots.Outgoing;
using Niche.Bots.People;
using Niche.Bots.Platforms;
using Niche.Bots.Texts;
using Niche.Storage;
using Niche.Storage.Jobs;

namespace Niche.Bots.Operation;

/// <summary>Tells every channel that used the bot lately; a message of the queue per channel, so that a rate limit only slows it down.</summary>
public sealed class Announcements(ChannelStore channels, PlatformBook platforms, IQueueStore queues, TimeProvider time, ILogger<Announcements> log)
{
    private static readonly TimeSpan Lately = TimeSpan.FromDays(30), Later = TimeSpan.FromSeconds(15);

    /// <summary>Queues an announcement.</summary>
    /// <returns>Number of channels.</returns>
    public async Task<int> PlaceAsync(string text, CancellationToken ct)
    {
        int places = 0;
        await foreach (Incoming.Place place in channels.ListAsync(time.GetUtcNow() - Lately, ct).ConfigureAwait(false))
        {
            if (platforms.Find(place.Platform) is null) continue;
            string body = JsonSerializer.Serialize(new Announcement(place, text), JsonSerializerOptions.Web);
            await queues.PutAsync(BotNames.Announcements, body, null, null, ct).ConfigureAwait(false);
            places++;
        }

        return places;
    }

    /// <summary>Tells one channel.</summary>
    /// <returns>After how long to try again; null when it was told or cannot be.</returns>
    public async Task<TimeSpan?> RunAsync(Announcement announcement, CancellationToken ct)
    {
        if (platforms.Find(announcement.Place.Platform) is not { } platform) return null;
        try
        {
            View view = new() { Body = RichText.Plain(StrangerText.Clean(announcement.Text)), Tone = Tone.Neutral };
            await platform.SendAsync(announcement.Place, view, isFirst: false, ct).ConfigureAwait(false);
            return null;
        }
        catch (PlatformException e) when (e.Fault is PlatformFault.Busy or PlatformFault.Unavailable)
        {
            return e.RetryAfter ?? Later;
        }
        catch (PlatformException e)
        {
            log.LogInformation("A channel of {Platform} could not be told: {Fault}", platform.Name, e.Fault);
            if (e.Fault == PlatformFault.Gone) await channels.ChangeAsync(announcement.Place, before => before with { Left = true }, ct).ConfigureAwait(false);
            return null;
        }
    }
}
