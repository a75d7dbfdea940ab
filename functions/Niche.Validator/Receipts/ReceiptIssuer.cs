using Niche.Bittensor.Keys;
using Niche.Subnet.Jobs;
using Niche.Subnet.Receipts;
using Niche.Validator.Network;
using Niche.Validator.Organic;
using Niche.Validator.Trusted;

namespace Niche.Validator.Receipts;

/// <summary>Writes and signs a receipt for everything that is delivered.</summary>
public sealed class ReceiptIssuer(ReceiptStore store, Keypair hotkey, TimeProvider time)
{
    /// <summary>Issues the receipt of a picture.</summary>
    public async Task<Receipt> IssueAsync(
        Job job, JobUnit unit, ImageRecipe recipe, MinerRecord miner, TimeSpan took, OrganicJudgement judgement, CancellationToken ct)
    {
        DateTimeOffset now = time.GetUtcNow();
        Receipt receipt = new()
        {
            // Follows from the unit: one that is painted again after a crash replaces the receipt that nobody was given.
            Id = TimeOrderedId.Derive(job.Id, unit.Index),
            JobId = job.Id,
            Model = recipe.Model,
            ModelDigest = judgement.ModelDigest.Length > 0 ? judgement.ModelDigest : null,
            PromptSha256 = Receipt.Digest(recipe.Prompt),
            GivenSha256 = recipe.Given?.Sha256,
            Strength = recipe.Given?.Strength,
            Seed = recipe.Seed,
            Steps = recipe.Steps,
            Guidance = recipe.Guidance,
            Width = recipe.Width,
            Height = recipe.Height,
            MinerHotkey = miner.Hotkey,
            MinerUid = miner.Uid,
            ValidatorHotkey = hotkey.Address,
            CreatedAt = now,
            QueuedMs = Milliseconds((unit.StartedAt ?? now) - job.CreatedAt),
            MinerMs = Milliseconds(took),
            TotalMs = Milliseconds(now - job.CreatedAt),
            Outcome = judgement.Verdict.Outcome,
            Reason = judgement.Verdict.ReasonCode,
            Similarity = judgement.Verdict.IsVerified ? judgement.Verdict.Similarity : null,
            ContentSha256 = judgement.Delivery!.Sha256(),
        };
        await store.AddAsync(new StoredReceipt(ReceiptCodec.Sign(receipt, hotkey), judgement.Verdict.Evidence), ct).ConfigureAwait(false);
        return receipt;
    }

    // Clocks of two instances may differ a little; a receipt never says less than nothing.
    private static long Milliseconds(TimeSpan time) => Math.Max(0, (long)time.TotalMilliseconds);
}
