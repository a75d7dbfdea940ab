using Microsoft.Extensions.Logging;
using Niche.Storage;
using Niche.Storage.Jobs;
using Niche.Subnet.Policy;
using Niche.Subnet.Verification;
using Niche.Validator.Network;
using Niche.Validator.Trusted;

namespace Niche.Validator.Judging;

/// <summary>
/// Scores an answer against the reference. When the reference cannot be made the message comes back later; nobody loses a score for it.
/// </summary>
public sealed class ScoreHandler(
    MinerStore miners, StandingStore standings, PictureJudge judge, TrustedEndpoint trusted, IBlobStore blobs, SubnetPolicy policy,
    ILogger<ScoreHandler> log)
{
    /// <summary>Scores; doing it again changes nothing.</summary>
    public async Task RunAsync(ScoreMessage message, CancellationToken ct)
    {
        IReadOnlyList<MinerRecord> known = await miners.ListAsync(ct).ConfigureAwait(false);
        if (known.FirstOrDefault(candidate => candidate.Hotkey == message.Hotkey) is not { } miner
            || policy.Find(message.Model) is not { } model
            || await standings.IsBookedAsync(message.Hotkey, message.RequestId, ct).ConfigureAwait(false)) return;
        Verdict verdict = message.Image is { } recipe
            ? await JudgePictureAsync(message, recipe, model, ct).ConfigureAwait(false)
            : await JudgeTextAsync(message, model, ct).ConfigureAwait(false);
        object asked = (object?)message.Image ?? message.Text!;
        Answered answered = new(message.RequestId, message.Kind, asked, verdict, message.Took, Scored: true);
        await standings.BookAsync(miner, model, answered, ct).ConfigureAwait(false);
        log.LogInformation("Miner {Uid} in {Model}: {Outcome} ({Reason}), {Milliseconds:0} ms.",
            miner.Uid, model.Name, verdict.Outcome, verdict.ReasonCode, message.Took.TotalMilliseconds);
    }

    private async Task<Verdict> JudgePictureAsync(ScoreMessage message, ImageRecipe recipe, ModelPolicy model, CancellationToken ct)
    {
        Blob? picture = await blobs.GetAsync(WorkNames.Dataset, message.Blob!, ct).ConfigureAwait(false);
        if (picture is null) return Verdict.Of(VerdictOutcome.Unverified, ReasonCodes.NoReference);
        GateResult gate = await judge
            .GateAsync(Convert.ToBase64String(picture.Content.Span), recipe, message.Hotkey, model.ImageBands!, ct).ConfigureAwait(false);
        if (gate.Final is { } failure) return failure;
        return (await judge.CompareAsync(gate.Features!, recipe, model.ImageBands!, ct).ConfigureAwait(false)).Verdict;
    }

    private async Task<Verdict> JudgeTextAsync(ScoreMessage message, ModelPolicy model, CancellationToken ct)
    {
        (TextRecipe recipe, TextAnswer answer, TextBands bands) = (message.Text!, message.Answer!, model.TextBands!);
        TextAnswer reference = await trusted.ContinueAsync(recipe, bands, ct).ConfigureAwait(false);
        Verdict verdict = TextVerifier.Compare(reference, answer, bands);
        // Another machine's logits differ in their last bits, and a draw between two tokens may fall on the other one: all that follows is another text then.
        return verdict.IsVerified || await trusted.CheckAsync(recipe, answer, ct).ConfigureAwait(false) is not { } evidence
            ? verdict
            : TextVerifier.Compare(reference, answer, bands, evidence);
    }
}
