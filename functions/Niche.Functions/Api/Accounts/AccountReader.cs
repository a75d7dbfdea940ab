using Niche.Bots.Accounts;
using Niche.Bots.Orders;
using Niche.Bots.People;
using Niche.Storage.Jobs;
using Niche.Subnet.Jobs;
using Niche.Validator.Organic;

namespace Niche.Functions.Api.Accounts;

/// <summary>What the API shows of an account and of jobs.</summary>
public sealed class AccountReader(
    ApiKeyStore keys, AccountRules rules, QuotaStore quotas, OrderStore orders, JobStore jobs, WaitingTimes waiting, PictureAddresses addresses)
{
    /// <summary>The account itself.</summary>
    public async Task<AccountView> ReadAsync(Account account, ApiKey used, CancellationToken ct) => new(
        [.. account.Members.Select(member => member.Platform)],
        [.. (await keys.ListAsync(account, ct).ConfigureAwait(false)).Select(key => KeyView.From(key, used))],
        new UsageView(await quotas.UsedAsync(account, "", ct).ConfigureAwait(false), await rules.PicturesPerHourAsync(account, ct).ConfigureAwait(false)),
        new UsageView(await quotas.UsedAsync(account, QuotaStore.Texts, ct).ConfigureAwait(false), AccountRules.TextsPerHour),
        rules.OpenOrders);

    /// <summary>A page of its orders.</summary>
    /// <param name="account">The account.</param>
    /// <param name="before">The order that it begins after; null for the newest.</param>
    /// <param name="limit">Most orders.</param>
    /// <param name="ct">Stops.</param>
    public async Task<HistoryBody> HistoryAsync(Account account, Order? before, int limit, CancellationToken ct)
    {
        List<HistoryEntry> page = [];
        await foreach (Order order in orders.HistoryAsync(account, ct, before).ConfigureAwait(false))
        {
            if (page.Count == limit) return new HistoryBody(page, true);
            JobSnapshot? job = await jobs.GetAsync(order.JobId, ct).ConfigureAwait(false);
            bool isFavorite = await orders.IsFavoriteAsync(account, order, ct).ConfigureAwait(false);
            page.Add(HistoryEntry.From(order, isFavorite, job is null ? null : await ViewAsync(job, true, ct).ConfigureAwait(false)));
        }

        return new HistoryBody(page, false);
    }

    /// <summary>A job.</summary>
    /// <param name="job">The job.</param>
    /// <param name="isOwners">It is shown to its owner.</param>
    /// <param name="ct">Stops.</param>
    public async Task<JobView> ViewAsync(JobSnapshot job, bool isOwners, CancellationToken ct)
    {
        (int? position, TimeSpan? expected) = await waiting.EstimateAsync(job, ct).ConfigureAwait(false);
        List<JobResultView> results = [];
        foreach (JobUnit unit in job.Units.Where(unit => unit.Result is not null))
            results.Add(JobResultView.From(job.Job, unit, await addresses.OfAsync(job.Job, unit.Result!.File, isOwners, ct).ConfigureAwait(false)));
        return JobView.From(job, position, expected, results);
    }
}
