using System.Globalization;
using Niche.Bots.Storage;
using Niche.Storage;
using Niche.Storage.Jobs;

namespace Niche.Bots.People;

/// <summary>Counts pictures by hour, for accounts and for channels.</summary>
public sealed class QuotaStore(ITableStore tables, TimeProvider time)
{
    private const int MaxEvents = 32;
    private readonly JsonTable<Quota> _quotas = new(tables, BotNames.Quotas);

    /// <summary>Takes pictures from an hour's quota; the same event takes once.</summary>
    /// <returns>Null when they were left; else the time until the next hour.</returns>
    public async Task<TimeSpan?> TakeAsync(string who, int pictures, int most, string eventId, CancellationToken ct)
    {
        DateTimeOffset now = time.GetUtcNow();
        bool taken = false;
        await _quotas.UpdateAsync(who, RowOf(now), before =>
        {
            Quota quota = before ?? new Quota(0, []);
            bool known = quota.Events.Contains(eventId);
            taken = known || quota.Used + pictures <= most;
            return known || !taken ? null : new Quota(quota.Used + pictures, [.. quota.Events.TakeLast(MaxEvents - 1), eventId]);
        }, ct).ConfigureAwait(false);
        return taken ? null : TimeSpan.FromHours(1) - TimeSpan.FromTicks(now.UtcTicks % TimeSpan.TicksPerHour);
    }

    /// <summary>Pictures used in this hour.</summary>
    public async Task<int> UsedAsync(string who, CancellationToken ct) =>
        (await _quotas.GetAsync(who, RowOf(time.GetUtcNow()), ct).ConfigureAwait(false))?.Used ?? 0;

    /// <summary>The name under which a channel is counted.</summary>
    public static string ChannelKey(Incoming.Place place) => "channel-" + Keys.Of(place.Platform, place.Channel);

    private static string RowOf(DateTimeOffset at) => at.UtcDateTime.ToString("yyyyMMddHH", CultureInfo.InvariantCulture);
}
