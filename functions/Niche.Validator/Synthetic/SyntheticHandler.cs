using System.Text.Json;
using Niche.Storage;
using Niche.Storage.Jobs;
using Niche.Subnet.Challenges;
using Niche.Subnet.Policy;
using Niche.Subnet.Rounds;
using Niche.Subnet.Verification;
using Niche.Validator.Judging;
using Niche.Validator.Miners;
using Niche.Validator.Network;
using Niche.Validator.Trusted;

namespace Niche.Validator.Synthetic;

/// <summary>
/// Sends one planned request. To the miner it looks like any other; here the hidden scored one goes on to <see cref="ScoreHandler"/>, the others
/// only pass the gates and are kept as data.
/// </summary>
public sealed class SyntheticHandler(
    MinerStore miners, MinerClient client, ShareBook shares, PromptSource prompts, RoundSecret secret, RoundStore rounds, PictureJudge judge,
    StandingStore standings, IBlobStore blobs, IQueueStore queues, SubnetPolicy policy, RoundLength length)
{
    /// <summary>Runs a request; doing it again after it was booked does nothing.</summary>
    public async Task RunAsync(SyntheticMessage message, CancellationToken ct)
    {
        RoundItem item = message.Item;
        IReadOnlyList<MinerRecord> known = await miners.ListAsync(ct).ConfigureAwait(false);
        MinerRecord? miner = known.FirstOrDefault(candidate => candidate.Hotkey == item.Hotkey);
        if (miner is not null && policy.Find(item.Model) is { } model
            && !await standings.IsBookedAsync(item.Hotkey, item.Id, ct).ConfigureAwait(false))
        {
            // People come first: an unscored request is dropped when their jobs have used up the share.
            bool taken = shares.TryTake(miner, length.Value);
            if (taken || item.Scored) await AskAsync(item, miner, model, taken, ct).ConfigureAwait(false);
        }

        await rounds.CountAsync(message.Round, ct).ConfigureAwait(false);
    }

    private async Task AskAsync(RoundItem item, MinerRecord miner, ModelPolicy model, bool taken, CancellationToken ct)
    {
        SecretRandom random = secret.For($"challenge:{item.Id}");

        // A text model is given a beginning: a sentence that is whole may honestly be continued with nothing.
        string prompt = model.Kind == ModelKind.Image ? await prompts.DrawAsync(random, ct).ConfigureAwait(false) : PromptComposer.Prefix(random);
        try
        {
            if (model.Kind == ModelKind.Image) await AskPictureAsync(ChallengeFactory.Image(item.Id, model, prompt, random), item, miner, model, ct).ConfigureAwait(false);
            else await AskTextAsync(ChallengeFactory.Text(item.Id, model, prompt, random), item, miner, model, ct).ConfigureAwait(false);
        }
        finally
        {
            if (taken) shares.Release(miner, null);
        }
    }

    private async Task AskPictureAsync(ImageChallenge challenge, RoundItem item, MinerRecord miner, ModelPolicy model, CancellationToken ct)
    {
        ImageRecipe recipe = new(challenge.Model, challenge.Prompt, "", challenge.Seed, challenge.Size.Width, challenge.Size.Height, challenge.Steps, challenge.Guidance);
        MinerAnswer<string> answer = await client.PaintAsync(miner, recipe, model.Timeout, ct).ConfigureAwait(false);
        GateResult gate = answer.Failure is { } nothing
            ? new GateResult(nothing, null, null)
            : await judge.GateAsync(answer.Content, recipe, miner.Hotkey, model.ImageBands!, ct).ConfigureAwait(false);
        if (gate is { Final: null, File: { } file })
        {
            string blob = $"{item.Model}/{item.Id}";
            await blobs.PutAsync(WorkNames.Dataset, blob, file.Bytes, file.ContentType, ct).ConfigureAwait(false);
            if (item.Scored)
            {
                await QueueScoreAsync(new ScoreMessage(item.Id, miner.Hotkey, model.Name, recipe, null, blob, null, answer.Took), ct).ConfigureAwait(false);
                return;
            }
        }

        Verdict verdict = gate.Failure ?? Verdict.Of(VerdictOutcome.Unverified, ReasonCodes.NotSampled);
        await BookAsync(item, miner, model, recipe, verdict, answer.Took, ct).ConfigureAwait(false);
    }

    private async Task AskTextAsync(TextChallenge challenge, RoundItem item, MinerRecord miner, ModelPolicy model, CancellationToken ct)
    {
        TextRecipe recipe = new(challenge.Model, challenge.Prompt, challenge.Seed, challenge.MaxTokens, challenge.Temperature, 1, []);
        MinerAnswer<TextAnswer> answer = await client.WriteAsync(miner, recipe, model, ct).ConfigureAwait(false);
        if (answer.Failure is null && item.Scored)
        {
            await QueueScoreAsync(new ScoreMessage(item.Id, miner.Hotkey, model.Name, null, recipe, null, answer.Content, answer.Took), ct).ConfigureAwait(false);
            return;
        }

        Verdict verdict = answer.Failure ?? Verdict.Of(VerdictOutcome.Unverified, ReasonCodes.NotSampled);
        await BookAsync(item, miner, model, recipe, verdict, answer.Took, ct).ConfigureAwait(false);
    }

    private Task QueueScoreAsync(ScoreMessage message, CancellationToken ct) =>
        queues.PutAsync(WorkNames.ScoreJobs, JsonSerializer.Serialize(message, JsonSerializerOptions.Web), null, null, ct);

    private Task BookAsync(RoundItem item, MinerRecord miner, ModelPolicy model, object recipe, Verdict verdict, TimeSpan took, CancellationToken ct) =>
        standings.BookAsync(miner, model, new Answered(item.Id, "synthetic", recipe, verdict, took, item.Scored), ct);
}
