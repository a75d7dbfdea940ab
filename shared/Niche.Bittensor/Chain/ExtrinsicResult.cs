using System.Text.Json.Serialization;

namespace Niche.Bittensor.Chain;

/// <summary>What became of a submitted call.</summary>
/// <param name="Success">It is in a block and did not fail there, or was not needed.</param>
/// <param name="Hash">0x hash of the extrinsic, when one was accepted.</param>
/// <param name="Block">The block that holds it.</param>
/// <param name="Error">The chain's error name (for example <c>NeuronNoValidatorPermit</c>), or why it never got there; null on success.</param>
public sealed record ExtrinsicResult(bool Success, string? Hash, ulong? Block, string? Error)
{
    /// <summary>The same in one word.</summary>
    [JsonIgnore]
    public ExtrinsicOutcome Outcome { get; init; } = Success ? ExtrinsicOutcome.Done : Block is not null ? ExtrinsicOutcome.Failed : ExtrinsicOutcome.Refused;

    /// <summary>What the chain's source says about the error, or what to do about it; null when nothing is known.</summary>
    [JsonIgnore]
    public string? Detail { get; init; }
}
