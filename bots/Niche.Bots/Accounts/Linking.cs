using Niche.Bots.People;

namespace Niche.Bots.Accounts;

/// <summary>Codes on both sides of a door: whoever makes one, whoever brings it.</summary>
public sealed class Linking(LinkStore links, QuotaStore quotas)
{
    /// <summary>Makes a code for a person.</summary>
    public Task<string> OfferAsync(Member member, CancellationToken ct) => links.OfferAsync(member, ct);

    /// <summary>Takes a code.</summary>
    /// <param name="code">As it was written.</param>
    /// <param name="who">Who tries: a person, or an address.</param>
    /// <param name="tries">Tries of an hour: codes are guessable only by trying, and these are for typing errors.</param>
    /// <param name="eventId">What brought it: the same counts once.</param>
    /// <param name="ct">Stops.</param>
    /// <returns>Who made it, null when it is unknown, too old or was used; and how long to wait, null when there were tries left.</returns>
    public async Task<(Member? Maker, TimeSpan? Wait)> TakeAsync(string code, string who, int tries, string eventId, CancellationToken ct)
    {
        TimeSpan? wait = await quotas.TakeAsync("link-" + who, 1, tries, "link-" + eventId, ct).ConfigureAwait(false);
        return wait is null ? (await links.TakeAsync(code, $"{who}/{eventId}", ct).ConfigureAwait(false), null) : (null, wait);
    }
}
