using Niche.Subnet.Receipts;
using Niche.Subnet.Verification;
using Niche.Validator.Receipts;

namespace Niche.Functions.Api;

/// <summary>A receipt for people and programs: flat, with the evidence beside it, and the signed document itself for whoever wants to check.</summary>
public sealed record ReceiptView(
    string Id, string JobId, string Model, string? ModelDigest, string PromptSha256, long Seed, int? Steps, double? Guidance, int? Width, int? Height,
    int MinerUid, string MinerHotkey, string ValidatorHotkey, DateTimeOffset CreatedAt, long QueuedMs, long MinerMs, long TotalMs,
    ReceiptVerdict Verdict, string ImageSha256, string Signature, SignedReceipt Document)
{
    /// <summary>Makes the view.</summary>
    public static ReceiptView From(StoredReceipt stored)
    {
        Receipt r = stored.Document.Receipt;
        return new ReceiptView(
            r.Id, r.JobId, r.Model, r.ModelDigest, r.PromptSha256, r.Seed, r.Steps, r.Guidance, r.Width, r.Height, r.MinerUid, r.MinerHotkey,
            r.ValidatorHotkey, r.CreatedAt, r.QueuedMs, r.MinerMs, r.TotalMs,
            new ReceiptVerdict(r.Outcome, r.Reason, r.Similarity, stored.Evidence), r.ContentSha256, stored.Document.Signature, stored.Document);
    }
}

/// <summary>Why a picture is believed.</summary>
public sealed record ReceiptVerdict(VerdictOutcome Outcome, string Reason, double? Similarity, IReadOnlyDictionary<string, double> Evidence);
