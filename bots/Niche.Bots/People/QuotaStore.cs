using System.Globalization;
using Niche.Bots.Accounts;
using Niche.Bots.Storage;
using Niche.Storage;
using Niche.Storage.Jobs;

namespace Niche.Bots.People;

/// <summary>Counts pictures, texts and tries by hour: for accounts under the home of each member, so that joining and parting moves nothing.</summary>
public sealed class QuotaStore(ITableStore tables, TimeProvider time)
{
    /// <summary>What texts are counted under; pictures have no prefix.</summary>
    public const string Texts = "texts-";

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

    /// <summary>Takes from an account's quota of this hour: all its members share it.</summary>
    /// <param name="account">The account.</param>
    /// <param name="home">The member who asks.</param>
    /// <param name="prefix">Empty for pictures, else <see cref="Texts"/>.</param>
    /// <param name="wanted">How many.</param>
    /// <param name="most">Most of an hour.</param>
    /// <param name="eventId">What asks: the same takes once.</param>
    /// <param name="ct">Stops.</param>
    public async Task<TimeSpan?> TakeAsync(Account account, string home, string prefix, int wanted, int most, string eventId, CancellationToken ct)
    {
        int others = await UsedAsync(account, prefix, ct).ConfigureAwait(false) - await UsedAsync(prefix + home, ct).ConfigureAwait(false);
        return await TakeAsync(prefix + home, wanted, most - others, eventId, ct).ConfigureAwait(false);
    }

    /// <summary>What an account used in this hour.</summary>
    public async Task<int> UsedAsync(Account account, string prefix, CancellationToken ct)
    {
        int used = 0;
        foreach (string home in account.Homes) used += await UsedAsync(prefix + home, ct).ConfigureAwait(false);
        return used;
    }

    /// <summary>Counts what an account used in this hour for the member who leaves it, and leaves it with those who stay.</summary>
    public async Task PartAsync(Member leaving, IReadOnlyList<Member> staying, CancellationToken ct)
    {
        foreach (string prefix in (string[])["", Texts])
        {
            int own = await UsedAsync(prefix + leaving.Home, ct).ConfigureAwait(false), theirs = 0;
            foreach (Member member in staying) theirs += await UsedAsync(prefix + member.Home, ct).ConfigureAwait(false);
            await AddAsync(prefix + staying[0].Home, own, ct).ConfigureAwait(false);
            await AddAsync(prefix + leaving.Home, theirs, ct).ConfigureAwait(false);
        }
    }

    /// <summary>Used in this hour.</summary>
    public async Task<int> UsedAsync(string who, CancellationToken ct) =>
        (await _quotas.GetAsync(who, RowOf(time.GetUtcNow()), ct).ConfigureAwait(false))?.Used ?? 0;

    /// <summary>The name under which a channel is counted.</summary>
    public static string ChannelKey(Incoming.Place place) => "channel-" + Keys.Of(place.Platform, place.Channel);

    private async Task AddAsync(string who, int used, CancellationToken ct)
    {
        if (used == 0) return;
        await _quotas.UpdateAsync(who, RowOf(time.GetUtcNow()), before => before is null ? new Quota(used, []) : before with { Used = before.Used + used }, ct).ConfigureAwait(false);
    }

    private static string RowOf(DateTimeOffset at) => at.UtcDateTime.ToString("yyyyMMddHH", CultureInfo.InvariantCulture);
}
