using Niche.Subnet.Verification;

namespace Niche.Subnet.Receipts;

/// <summary>
/// What a user gets with every picture: who made it, how, how long it took and why it is believed. Holds a digest of the prompt, never the
/// prompt, so that it may be shown to anybody.
/// </summary>
public sealed record Receipt
{
    /// <summary>Format version of the signed form.</summary>
    public int Version { get; init; } = 1;

    /// <summary>Identifier.</summary>
    public required string Id { get; init; }

    /// <summary>Job that asked for it.</summary>
    public required string JobId { get; init; }

    /// <summary>Model.</summary>
    public required string Model { get; init; }

    /// <summary>SHA-256 (hex) of the model folder as the miner declared it; null when it did not.</summary>
    public string? ModelDigest { get; init; }

    /// <summary>SHA-256 (hex) of the UTF-8 prompt.</summary>
    public required string PromptSha256 { get; init; }

    /// <summary>SHA-256 (hex) of the picture that it was painted from; null when it was painted from words alone.</summary>
    public string? GivenSha256 { get; init; }

    /// <summary>How much of that picture was painted anew; null without one.</summary>
    public double? Strength { get; init; }

    /// <summary>Seed.</summary>
    public required long Seed { get; init; }

    /// <summary>Denoising steps; null for text.</summary>
    public int? Steps { get; init; }

    /// <summary>Guidance scale; null for text.</summary>
    public double? Guidance { get; init; }

    /// <summary>Pixels; null for text.</summary>
    public int? Width { get; init; }

    /// <summary>Pixels; null for text.</summary>
    public int? Height { get; init; }

    /// <summary>Who made it (SS58).</summary>
    public required string MinerHotkey { get; init; }

    /// <summary>Its slot at that time.</summary>
    public required int MinerUid { get; init; }

    /// <summary>Who judged it and signs (SS58).</summary>
    public required string ValidatorHotkey { get; init; }

    /// <summary>When the receipt was made, UTC, whole milliseconds.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Milliseconds the job waited for its turn.</summary>
    public required long QueuedMs { get; init; }

    /// <summary>Milliseconds of the miner's call.</summary>
    public required long MinerMs { get; init; }

    /// <summary>Milliseconds from acceptance to this receipt.</summary>
    public required long TotalMs { get; init; }

    /// <summary>How it was judged.</summary>
    public required VerdictOutcome Outcome { get; init; }

    /// <summary>Why, see <see cref="ReasonCodes"/>.</summary>
    public required string Reason { get; init; }

    /// <summary>0..1; null when nothing was compared.</summary>
    public double? Similarity { get; init; }

    /// <summary>SHA-256 (hex) of the delivered bytes: the picture file, or the UTF-8 text.</summary>
    public required string ContentSha256 { get; init; }

    /// <summary>SHA-256 (lower-case hex) of a text's UTF-8 bytes, as for <see cref="PromptSha256"/>.</summary>
    public static string Digest(string text) =>
        Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(text)));
}
