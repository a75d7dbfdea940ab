using System.Security.Cryptography;
using Niche.Bots.Storage;
using Niche.Storage;
using Niche.Storage.Jobs;

namespace Niche.Bots.People;

/// <summary>One-time codes that join accounts: eight characters that nobody confuses, ten minutes, used once.</summary>
public sealed class LinkStore(ITableStore tables, TimeProvider time)
{
    /// <summary>How long a code works.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    private const string Row = "link", Alphabet = "23456789ABCDEFGHJKMNPQRSTUVWXYZ";
    private const int Characters = 8;
    private readonly JsonTable<Offer> _offers = new(tables, BotNames.Links);

    /// <summary>Makes a code for an account.</summary>
    public async Task<string> OfferAsync(string accountId, CancellationToken ct)
    {
        string code = RandomNumberGenerator.GetString(Alphabet, Characters);
        await _offers.UpsertAsync(Keys.Of(code), Row, new Offer(accountId, time.GetUtcNow() + Lifetime), ct).ConfigureAwait(false);
        return code;
    }

    /// <summary>Takes a code; null when it is unknown, too old, or was used.</summary>
    public async Task<string?> TakeAsync(string code, CancellationToken ct)
    {
        string key = Keys.Of(code.Trim().ToUpperInvariant());
        Offer? offer = await _offers.GetAsync(key, Row, ct).ConfigureAwait(false);
        // Whoever deletes the row has it: two at the same time cannot both.
        if (offer is null || !await _offers.DeleteAsync(key, Row, ct).ConfigureAwait(false)) return null;
        return offer.Until > time.GetUtcNow() ? offer.AccountId : null;
    }

    private sealed record Offer(string AccountId, DateTimeOffset Until);
}
