using System.Security.Cryptography;
using System.Text;
using Niche.Bots.Accounts;
using Niche.Storage;
using Niche.Storage.Jobs;

namespace Niche.Bots.People;

/// <summary>
/// One-time codes that join accounts: ten characters that nobody confuses (49 bits), ten minutes, used once. Kept as hashes; they are found by the hash, so
/// how long looking takes says nothing of a code.
/// </summary>
public sealed class LinkStore(ITableStore tables, TimeProvider time)
{
    /// <summary>How long a code works.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    private const string Row = "link", Alphabet = "23456789ABCDEFGHJKMNPQRSTUVWXYZ";
    private const int Half = 5, MaxWritten = 40;
    private readonly JsonTable<Offer> _offers = new(tables, BotNames.Links);

    /// <summary>Makes a code for a person.</summary>
    public async Task<string> OfferAsync(Member member, CancellationToken ct)
    {
        string code = $"{RandomNumberGenerator.GetString(Alphabet, Half)}-{RandomNumberGenerator.GetString(Alphabet, Half)}";
        await _offers.UpsertAsync(HashOf(code), Row, new Offer(member, time.GetUtcNow() + Lifetime), ct).ConfigureAwait(false);
        return code;
    }

    /// <summary>Takes a code, however it was written; null when it is unknown, too old, or was used.</summary>
    /// <param name="code">The code.</param>
    /// <param name="eventId">What brought it: the same may take it again, after a crash.</param>
    /// <param name="ct">Stops.</param>
    public async Task<Member?> TakeAsync(string code, string eventId, CancellationToken ct)
    {
        if (code.Length > MaxWritten) return null;
        // The row decides: two at the same time cannot both.
        Offer? offer = await _offers.UpdateAsync(HashOf(code), Row, before => before is { TakenBy: null } ? before with { TakenBy = eventId } : null, ct).ConfigureAwait(false);
        return offer is not null && offer.TakenBy == eventId && offer.Until > time.GetUtcNow() ? offer.Member : null;
    }

    private static string HashOf(string code) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Concat(code.Where(char.IsLetterOrDigit)).ToUpperInvariant())));

    private sealed record Offer(Member Member, DateTimeOffset Until, string? TakenBy = null);
}
