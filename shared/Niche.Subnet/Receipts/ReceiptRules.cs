using Niche.Bittensor.Keys;
using Niche.Subnet.Errors;

namespace Niche.Subnet.Receipts;

/// <summary>Bounds of every field of a receipt.</summary>
internal static class ReceiptRules
{
    private const long MaxMilliseconds = 7L * 24 * 3600 * 1000;

    public static IReadOnlyList<NicheError> Check(Receipt receipt)
    {
        var errors = new List<NicheError>();
        That(errors, receipt.Version == 1, "version", "must be 1");
        That(errors, IsToken(receipt.Id), "id", "must hold 1 to 64 letters, digits, '-' or '_'");
        That(errors, IsToken(receipt.JobId), "job_id", "must hold 1 to 64 letters, digits, '-' or '_'");
        That(errors, receipt.Model.Length is > 0 and <= 64, "model", "must hold 1 to 64 characters");
        That(errors, IsToken(receipt.Reason), "reason", "must hold 1 to 64 letters, digits, '-' or '_'");
        That(errors, receipt.ModelDigest is null || IsDigest(receipt.ModelDigest), "model_digest", "must be 64 lower-case hex digits");
        That(errors, receipt.GivenSha256 is null || IsDigest(receipt.GivenSha256), "given_sha256", "must be 64 lower-case hex digits");
        That(errors, receipt.Strength is null or (>= 0 and <= 1), "strength", "must be between 0 and 1");
        That(errors, IsDigest(receipt.PromptSha256), "prompt_sha256", "must be 64 lower-case hex digits");
        That(errors, IsDigest(receipt.ContentSha256), "content_sha256", "must be 64 lower-case hex digits");
        That(errors, Ss58.IsBittensorAddress(receipt.MinerHotkey), "miner_hotkey", "must be an SS58 address");
        That(errors, Ss58.IsBittensorAddress(receipt.ValidatorHotkey), "validator_hotkey", "must be an SS58 address");
        That(errors, receipt.MinerUid is >= 0 and <= ushort.MaxValue, "miner_uid", "must be between 0 and 65535");
        That(errors, receipt.Seed >= 0, "seed", "must not be negative");
        That(errors, receipt.Steps is null or (> 0 and <= 1000), "steps", "must be between 1 and 1000");
        That(errors, receipt.Guidance is null or (>= 0 and <= 100), "guidance", "must be between 0 and 100");
        That(errors, receipt.Width is null or (> 0 and <= 65_536), "width", "must be between 1 and 65536");
        That(errors, receipt.Height is null or (> 0 and <= 65_536), "height", "must be between 1 and 65536");
        That(errors, receipt.Similarity is null or (>= 0 and <= 1), "similarity", "must be between 0 and 1");
        foreach (var (name, value) in new[] { ("queued_ms", receipt.QueuedMs), ("miner_ms", receipt.MinerMs), ("total_ms", receipt.TotalMs) })
            That(errors, value is >= 0 and <= MaxMilliseconds, name, "must be between 0 and a week");
        return errors;
    }

    private static void That(List<NicheError> errors, bool holds, string path, string rule)
    {
        if (!holds) errors.Add(ErrorCatalogue.Create(ErrorCodes.InvalidReceipt, $"'{path}' {rule}.", path));
    }

    private static bool IsDigest(string text) => text.Length == 64 && text.All(char.IsAsciiHexDigitLower);

    private static bool IsToken(string text) =>
        text.Length is > 0 and <= 64 && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');
}
