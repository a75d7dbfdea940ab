using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using Niche.Bittensor.Dendrite;
using Niche.Storage;
using Niche.Storage.Jobs;
using Niche.Subnet.Errors;
using Niche.Subnet.Policy;
using Niche.Subnet.Verification;
using Niche.Validator.Judging;
using Niche.Validator.Miners;
using Niche.Validator.Network;
using Niche.Validator.Trusted;

namespace Niche.Validator.Chat;

/// <summary>
/// Has a miner write a text and passes it on piece by piece. Until the first piece another miner can take over unseen; afterwards a break is an
/// error in the stream. Finished texts are audited like pictures, afterwards: what was read cannot be taken back, but it can be paid or not.
/// </summary>
public sealed class ChatService(
    MinerSelector selector, MinerClient client, ShareBook shares, StandingStore standings, IQueueStore queues, SubnetPolicy policy,
    RoundLength round, AuditShare audits)
{
    private const int MaxAttempts = 4, BadRequest = 400;
    private static readonly TimeSpan BusyRetry = TimeSpan.FromSeconds(2);

    /// <summary>Writes. Never throws for a miner's fault; the last piece has a finish reason or an error.</summary>
    public async IAsyncEnumerable<ChatPiece> WriteAsync(ChatRequest chat, [EnumeratorCancellation] CancellationToken ct)
    {
        ModelPolicy model = policy.Find(chat.Request.Model)!;
        TextRecipe recipe = new(model.Name, chat.Request.Prompt, chat.Request.Seeds[0], chat.Request.MaxTokens, chat.Request.Temperature,
            chat.Request.TopP, chat.Request.Stop);
        HashSet<string> tried = new(StringComparer.Ordinal);
        int refusals = 0;
        while (tried.Count < MaxAttempts)
        {
            IReadOnlyList<MinerRecord> free = await selector.RankAsync(model.Name, tried, round.Value, ct).ConfigureAwait(false);
            if (free.FirstOrDefault(candidate => shares.TryTake(candidate, round.Value)) is not { } miner) break;
            tried.Add(miner.Hotkey);
            StringBuilder text = new();
            SynapseStream stream = client.StreamText(miner, recipe, model.Timeout);
            await foreach (string piece in ReadAsync(stream, miner, ct).ConfigureAwait(false))
            {
                if (text.Length + piece.Length > model.TextBands!.MaxCharacters) break;
                text.Append(piece);
                yield return new ChatPiece(piece);
            }

            StreamCompletion end = await stream.Completion.ConfigureAwait(false);
            await BookAsync($"{chat.Id}-{tried.Count:00}", miner, model, recipe, text.ToString(), end, ct).ConfigureAwait(false);
            if (end.StatusCode == BadRequest) refusals++;
            if (end.Outcome == SynapseOutcome.Success && text.Length > 0)
            {
                yield return new ChatPiece("", "stop");
                yield break;
            }

            if (text.Length > 0)
            {
                yield return new ChatPiece("", null, ErrorCatalogue.Create(ErrorCodes.MinersFailed, "The miner broke off in the middle of the text. Ask again."));
                yield break;
            }
        }

        // One miner's word would be too little: a cheat could refuse what it cannot do.
        yield return new ChatPiece("", null, refusals > 1 && refusals == tried.Count
            ? ErrorCatalogue.Create(ErrorCodes.InvalidPrompt, "Every miner refused the prompt: it is too long for the context of the model.", "prompt")
            : tried.Count > 0
            ? ErrorCatalogue.Create(ErrorCodes.MinersFailed, $"{tried.Count} miners were asked and none answered. Try again.")
            : ErrorCatalogue.Create(ErrorCodes.NoMinerAvailable, $"No miner that serves {model.Name} is free. Try again in a minute.", retryAfter: BusyRetry));
    }

    private async IAsyncEnumerable<string> ReadAsync(SynapseStream stream, MinerRecord miner, [EnumeratorCancellation] CancellationToken ct)
    {
        try
        {
            await foreach (string piece in stream.WithCancellation(ct).ConfigureAwait(false)) yield return piece;
        }
        finally
        {
            shares.Release(miner, null);
        }
    }

    private async Task BookAsync(
        string id, MinerRecord miner, ModelPolicy model, TextRecipe recipe, string text, StreamCompletion end, CancellationToken ct)
    {
        Verdict? failure = TransportVerdict.Of(end.Outcome, end.StatusCode)
            ?? (text.Length == 0 ? Verdict.Of(VerdictOutcome.Invalid, ReasonCodes.Empty) : null);
        if (failure is null && audits.Draw(model))
        {
            ScoreMessage audit = new(id, miner.Hotkey, model.Name, null, recipe, null, new TextAnswer(text, [], null), end.ProcessTime, "organic");
            await queues.PutAsync(WorkNames.ScoreJobs, JsonSerializer.Serialize(audit, JsonSerializerOptions.Web), null, null, ct).ConfigureAwait(false);
            return;
        }

        Verdict verdict = failure ?? Verdict.Of(VerdictOutcome.Unverified, ReasonCodes.NotSampled);
        await standings.BookAsync(miner, model, new Answered(id, "organic", recipe, verdict, end.ProcessTime, false), ct).ConfigureAwait(false);
    }
}
