using System.Globalization;
using Microsoft.Extensions.Logging;
using Niche.Storage;
using Niche.Storage.Jobs;
using Niche.Subnet.Errors;
using Niche.Subnet.Jobs;
using Niche.Subnet.Policy;
using Niche.Subnet.Receipts;
using Niche.Subnet.Verification;
using Niche.Validator.Judging;
using Niche.Validator.Miners;
using Niche.Validator.Network;
using Niche.Validator.Receipts;
using Niche.Validator.Trusted;

namespace Niche.Validator.Organic;

/// <summary>
/// Has one picture painted: asks a miner, looks at what comes, asks the next one if it is late, broken or not believed. The person who asked
/// never sees a bad picture, and every miner's answer is booked under its own outcome.
/// </summary>
public sealed class UnitPainter(
    MinerSelector selector, MinerClient client, ShareBook shares, OrganicJudge judge, StandingStore standings, ReceiptIssuer receipts,
    JobStore jobs, IBlobStore blobs, SubnetPolicy policy, RoundLength round, TimeProvider time, ILogger<UnitPainter> log)
{
    private const int MaxAttempts = 6;
    private static readonly TimeSpan BusyRetry = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan StartupGrace = TimeSpan.FromSeconds(20);

    /// <summary>Paints a unit.</summary>
    public async Task<PaintOutcome> PaintAsync(Job job, JobUnit unit, CancellationToken ct)
    {
        if (policy.Find(job.Request.Model) is not { } model) return new PaintOutcome(unit, null, Gone(job.Request.Model), null);
        if (await RecipeAsync(job, unit.Index, ct).ConfigureAwait(false) is not { } recipe) return new PaintOutcome(unit, null, PictureGone(), null);
        HashSet<string> tried = new(unit.Refused ?? [], StringComparer.Ordinal);
        int asked = 0;
        while (asked < MaxAttempts)
        {
            IReadOnlyList<MinerRecord> free = await selector.RankAsync(model.Name, tried, round.Value, ct).ConfigureAwait(false);
            if (free.FirstOrDefault(miner => shares.TryTake(miner, round.Value)) is not { } miner) break;
            tried.Add(miner.Hotkey);
            asked++;
            unit = unit with { Attempts = unit.Attempts + 1 };
            (UnitResult? result, bool refused) = await TryAsync(job, unit, model, recipe, miner, ct).ConfigureAwait(false);
            if (result is not null) return new PaintOutcome(unit, result, null, null);
            if (refused) unit = unit with { Refused = [.. unit.Refused ?? [], miner.Hotkey] };
        }

        return await GiveUpAsync(job, unit, model, ct).ConfigureAwait(false);
    }

    private async Task<(UnitResult? Result, bool Refused)> TryAsync(Job job, JobUnit unit, ModelPolicy model, ImageRecipe recipe, MinerRecord miner, CancellationToken ct)
    {
        MinerAnswer<string> answer = await AskAsync(miner, recipe, model, ct).ConfigureAwait(false);
        OrganicJudgement judgement = await judge.JudgeAsync(answer, recipe, miner.Hotkey, model, ct).ConfigureAwait(false);
        string requestId = string.Create(CultureInfo.InvariantCulture, $"{job.Id}-{unit.Index:000}-{unit.Attempts:00}");
        Answered answered = new(requestId, "organic", recipe, judgement.Verdict, answer.Took, judgement.Scored);
        await standings.BookAsync(miner, model, answered, ct).ConfigureAwait(false);
        if (judgement.Delivery is not { } picture)
        {
            log.LogInformation("Miner {Uid} did not deliver unit {Index} of job {JobId}: {Outcome} {Reason}",
                miner.Uid, unit.Index, job.Id, judgement.Verdict.Outcome, judgement.Verdict.ReasonCode);
            return (null, judgement.Verdict.Outcome is VerdictOutcome.Wrong or VerdictOutcome.Invalid);
        }

        // Whoever lost the unit meanwhile must not touch what its new owner stores.
        if (!await jobs.RenewAsync(unit, OrganicHandler.Lease, ct).ConfigureAwait(false)) throw new OperationCanceledException("The lease of the unit was lost.");
        string file = string.Create(CultureInfo.InvariantCulture, $"{unit.Index}.png");
        await blobs.PutAsync(WorkNames.Images, $"{job.Id}/{file}", picture.Bytes, picture.ContentType, ct).ConfigureAwait(false);
        Receipt receipt = await receipts.IssueAsync(job, unit, recipe, miner, answer.Took, judgement, ct).ConfigureAwait(false);
        return (new UnitResult(recipe.Seed, receipt.Id, miner.Uid, miner.Hotkey, file), false);
    }

    private async Task<MinerAnswer<string>> AskAsync(MinerRecord miner, ImageRecipe recipe, ModelPolicy model, CancellationToken ct)
    {
        TimeSpan? rest = null;
        try
        {
            MinerAnswer<string> answer = await client.PaintAsync(miner, recipe, model.Timeout, ct).ConfigureAwait(false);
            rest = answer.RetryAfter ?? (answer.Failure?.Outcome is VerdictOutcome.Unreachable or VerdictOutcome.Overloaded ? BusyRetry : null);
            return answer;
        }
        finally
        {
            shares.Release(miner, rest);
        }
    }

    private async Task<PaintOutcome> GiveUpAsync(Job job, JobUnit unit, ModelPolicy model, CancellationToken ct)
    {
        IReadOnlyList<MinerRecord> serving = await selector.ListServingAsync(model.Name, ct).ConfigureAwait(false);
        bool someLeft = serving.Any(miner => unit.Refused?.Contains(miner.Hotkey) != true);
        NicheError error = ReasonOf(unit, model, serving.Count);

        // Miners that are only busy become free again, and right after a start more may come: waiting beats refusing what was accepted.
        bool young = time.GetUtcNow() - job.CreatedAt < StartupGrace;
        return new PaintOutcome(unit, null, error, young || (someLeft && unit.Attempts < MaxAttempts * 3) ? BusyRetry : null);
    }

    private static NicheError ReasonOf(JobUnit unit, ModelPolicy model, int serving) => (serving, unit.Attempts) switch
    {
        (0, _) => ErrorCatalogue.Create(ErrorCodes.NoMinerAvailable,
            $"No miner that serves {model.Name} is online. GET /v1/miners shows who is; try again in a minute."),
        (_, 0) => ErrorCatalogue.Create(ErrorCodes.NoMinerAvailable,
            $"No miner that serves {model.Name} had a request left for this validator. Try again in some minutes."),
        _ => ErrorCatalogue.Create(ErrorCodes.MinersFailed,
            $"{unit.Attempts} answers of miners came and none could be believed. Try again; GET /v1/miners shows why."),
    };

    private static NicheError Gone(string model) => ErrorCatalogue.Create(ErrorCodes.UnknownModel,
        $"The model {model} left the policy while the job waited. GET /v1/models lists those there are.");

    private static NicheError PictureGone() => ErrorCatalogue.Create(ErrorCodes.NotFound, "The picture to start from is not kept any more. Send it again.");

    private async Task<ImageRecipe?> RecipeAsync(Job job, int index, CancellationToken ct)
    {
        JobRequest request = job.Request;
        ImageRecipe recipe = new(
            request.Model, request.Prompt, request.NegativePrompt, request.Seeds[index], request.Width, request.Height, request.Steps, request.Guidance);
        if (request.Picture is not { } digest) return recipe;
        return await blobs.GetAsync(WorkNames.Images, WorkNames.GivenPicture(job.Id), ct).ConfigureAwait(false) is { } given
            ? recipe with { Given = new GivenPicture(digest, request.Strength) { File = given.Content } }
            : null;
    }
}
