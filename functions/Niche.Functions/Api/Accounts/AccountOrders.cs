using System.Security.Cryptography;
using System.Text;
using Niche.Bots.Accounts;
using Niche.Bots.Incoming;
using Niche.Bots.Moderation;
using Niche.Bots.Orders;
using Niche.Bots.Texts;
using Niche.Storage.Jobs;
using Niche.Subnet.Errors;
using Niche.Subnet.Jobs;
using Niche.Validator.Organic;

namespace Niche.Functions.Api.Accounts;

/// <summary>Work that the API is asked for: of somebody with a key under the rules of their account and into their history, of anybody else as it is.</summary>
public sealed class AccountOrders(DirectRunner runner, OrderStore orders, AccountRules rules, ModerationBoard moderation, TimeProvider time)
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);

    /// <summary>Submits a job.</summary>
    public async Task<Submission> SubmitAsync(Caller? caller, JobDraft draft, string? idempotencyKey, CancellationToken ct)
    {
        if (caller is null) return await runner.SubmitAsync(draft, Member.Api, idempotencyKey, ct).ConfigureAwait(false);
        (NicheError? refusal, bool isAdult) = await JudgeAsync(caller, $"{draft.Prompt} {draft.NegativePrompt}", ct).ConfigureAwait(false);
        refusal ??= await TakePicturesAsync(caller, draft, idempotencyKey, ct).ConfigureAwait(false);
        if (refusal is not null) return Submission.Refused(refusal);
        SubmitOptions options = new(Member.Api, idempotencyKey, Owner: caller.Member.Home) { Accepting = (job, stop) => KeepAsync(caller, job, isAdult, stop) };
        return await runner.SubmitAsync(draft, options, ct).ConfigureAwait(false);
    }

    /// <summary>Why a text may not be written for a caller; null when it may, and then it is counted.</summary>
    public async Task<NicheError?> TakeTextAsync(Caller? caller, string id, string prompt, CancellationToken ct)
    {
        if (caller is null) return null;
        if ((await JudgeAsync(caller, prompt, ct).ConfigureAwait(false)).Refusal is { } refusal) return refusal;
        return await rules.TakeTextAsync(caller.Account, caller.Member.Home, id, ct).ConfigureAwait(false) is { } wait
            ? Exceeded($"The account used up the texts of this hour, over all its doors: {AccountRules.TextsPerHour}.", wait) : null;
    }

    // What is ordered here can be shown in a chat: the same bans and word lists hold.
    private async Task<(NicheError? Refusal, bool IsAdult)> JudgeAsync(Caller caller, string words, CancellationToken ct)
    {
        if (await rules.IsBannedAsync(caller.Account, ct).ConfigureAwait(false))
            return (ErrorCatalogue.Create(ErrorCodes.AccountBanned, "The operators of this service banned the account."), false);
        Judgement judgement = await moderation.JudgePromptAsync(words, ct).ConfigureAwait(false);
        return judgement == Judgement.Refused
            ? (ErrorCatalogue.Create(ErrorCodes.InvalidPrompt, "The prompt holds words that are not accepted here.", "prompt"), false) : (null, judgement == Judgement.Adult);
    }

    private async Task<NicheError?> TakePicturesAsync(Caller caller, JobDraft draft, string? idempotencyKey, CancellationToken ct)
    {
        if (await rules.IsFullAsync(caller.Account, ct).ConfigureAwait(false)) return Exceeded($"{rules.OpenOrders} orders of this account are open already.", Soon);
        string reason = idempotencyKey is null ? TimeOrderedId.Create(time.GetUtcNow()) : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(idempotencyKey)));
        if (await rules.TakePicturesAsync(caller.Account, caller.Member.Home, draft.Count ?? 1, reason, ct).ConfigureAwait(false) is not { } wait) return null;
        int most = await rules.PicturesPerHourAsync(caller.Account, ct).ConfigureAwait(false);
        return Exceeded($"The account used up the pictures of this hour, over all its doors: {most}.", wait);
    }

    private Task KeepAsync(Caller caller, Job job, bool isAdult, CancellationToken ct) => orders.AddAsync(
        new Order
        {
            JobId = job.Id, Owner = caller.Member.Key, UserId = caller.Member.UserId, AccountId = caller.Member.Home,
            Place = new Place { Platform = Member.Api, Channel = caller.Key.Id }, Request = job.Request, Prompt = job.Request.Prompt,
            Language = caller.Person.Language ?? Language.English.Tag, Spoiler = isAdult, At = job.CreatedAt,
        },
        ct);

    private static NicheError Exceeded(string detail, TimeSpan wait) => ErrorCatalogue.Create(ErrorCodes.QuotaExceeded, detail, retryAfter: wait);
}
