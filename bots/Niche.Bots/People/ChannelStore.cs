using System.Runtime.CompilerServices;
using System.Text.Json;
using Niche.Bots.Incoming;
using Niche.Bots.Storage;
using Niche.Storage;
using Niche.Storage.Jobs;

namespace Niche.Bots.People;

/// <summary>Rules by channel.</summary>
public sealed class ChannelStore(ITableStore tables, TimeProvider time)
{
    private const string Row = "rules";
    private static readonly TimeSpan SeenEvery = TimeSpan.FromHours(1);
    private readonly JsonTable<ChannelRules> _rules = new(tables, BotNames.Channels);

    /// <summary>The rules of a channel; the usual ones when nobody made any.</summary>
    public async Task<ChannelRules> GetAsync(Place place, CancellationToken ct) =>
        await _rules.GetAsync(KeyOf(place), Row, ct).ConfigureAwait(false) ?? new ChannelRules();

    /// <summary>Changes the rules of a channel.</summary>
    public async Task<ChannelRules> ChangeAsync(Place place, Func<ChannelRules, ChannelRules> change, CancellationToken ct) =>
        (await _rules.UpdateAsync(KeyOf(place), Row, before => change(before ?? new ChannelRules()), ct).ConfigureAwait(false))!;

    /// <summary>Remembers that a channel is in use; written once an hour.</summary>
    public Task SeenAsync(Place place, ChannelRules rules, CancellationToken ct)
    {
        DateTimeOffset now = time.GetUtcNow();
        if (place.Channel.Length == 0 || (rules is { Left: false, SeenAt: { } seen } && now - seen < SeenEvery)) return Task.CompletedTask;
        Place kept = place with { Token = null, TokenUntil = null, ReplyTo = null };
        return ChangeAsync(place, before => before with { SeenAt = now, Left = false, Place = kept }, ct);
    }

    /// <summary>All channels that somebody used since a moment.</summary>
    public async IAsyncEnumerable<Place> ListAsync(DateTimeOffset since, [EnumeratorCancellation] CancellationToken ct)
    {
        await foreach (TableRow row in tables.QueryAllAsync(BotNames.Channels, ct).ConfigureAwait(false))
        {
            ChannelRules? rules = JsonSerializer.Deserialize<ChannelRules>(row.Json, JsonSerializerOptions.Web);
            if (rules is { Left: false, Place: { } place } && rules.SeenAt >= since) yield return place;
        }
    }

    private static string KeyOf(Place place) => Keys.Of(place.Platform, place.Channel);
}
