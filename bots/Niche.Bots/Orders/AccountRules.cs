using Microsoft.Extensions.Options;
using Niche.Bots.Accounts;
using Niche.Bots.Configuration;
using Niche.Bots.Operation;
using Niche.Bots.People;
using Niche.Storage.Jobs;
using Niche.Subnet.Jobs;

namespace Niche.Bots.Orders;

/// <summary>What an account may, whichever door it comes by: bans, open orders, pictures and texts of an hour.</summary>
public sealed class AccountRules(
    HouseStore house, OrderStore orders, JobStore jobs, QuotaStore quotas, PersonStore people, IOptions<BotOptions> options)
{
    /// <summary>Most texts of an account in an hour.</summary>
    public const int TextsPerHour = 240;

    private const int MaxLooked = 40;

    /// <summary>Most open orders of an account.</summary>
    public int OpenOrders => options.Value.OpenOrders;

    /// <summary>True when one of its members was banned.</summary>
    public async Task<bool> IsBannedAsync(Account account, CancellationToken ct)
    {
        HouseState state = await house.GetAsync(ct).ConfigureAwait(false);
        return account.Members.Any(member => state.Banned.Contains(member.Key));
    }

    /// <summary>True when as many orders are open as may be.</summary>
    public async Task<bool> IsFullAsync(Account account, CancellationToken ct)
    {
        int open = 0, looked = 0;
        await foreach (Order order in orders.HistoryAsync(account, ct).ConfigureAwait(false))
        {
            if (++looked > MaxLooked) break;
            if (await IsOpenAsync(order, ct).ConfigureAwait(false) && ++open >= OpenOrders) return true;
        }

        return false;
    }

    /// <summary>Most pictures of an account in an hour: the general number, or the smallest that operators granted to one of its members.</summary>
    public async Task<int> PicturesPerHourAsync(Account account, CancellationToken ct)
    {
        int? granted = null;
        foreach (Member member in account.Members)
        {
            int? own = (await people.GetAsync(member.Platform, member.UserId, ct).ConfigureAwait(false)).PicturesPerHour;
            granted = granted is { } least && own is { } other ? Math.Min(least, other) : granted ?? own;
        }

        return granted ?? options.Value.PicturesPerHour;
    }

    /// <summary>Takes pictures from the hour's quota.</summary>
    /// <returns>Null when they were left; else the time until the next hour.</returns>
    public async Task<TimeSpan?> TakePicturesAsync(Account account, string home, int pictures, string eventId, CancellationToken ct) =>
        await quotas.TakeAsync(account, home, "", pictures, await PicturesPerHourAsync(account, ct).ConfigureAwait(false), eventId, ct).ConfigureAwait(false);

    /// <summary>Takes a text from the hour's quota.</summary>
    /// <returns>As of pictures.</returns>
    public Task<TimeSpan?> TakeTextAsync(Account account, string home, string eventId, CancellationToken ct) =>
        quotas.TakeAsync(account, home, QuotaStore.Texts, 1, TextsPerHour, eventId, ct);

    private async Task<bool> IsOpenAsync(Order order, CancellationToken ct)
    {
        if (order.Closed || order.Lost is not null) return false;
        if (order.Place.Platform != Member.Api) return order.Message is not null || order.Stranded is not null || order.Waits;
        // Nobody edits a message of these at their end; whoever looks finds it out.
        if (await jobs.GetAsync(order.JobId, ct).ConfigureAwait(false) is { IsFinal: false }) return true;
        await orders.ChangeAsync(order.JobId, before => before with { Closed = true }, ct).ConfigureAwait(false);
        return false;
    }
}
