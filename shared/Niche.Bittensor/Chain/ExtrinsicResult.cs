namespace Niche.Bittensor.Chain;

/// <summary>What became of a submitted call.</summary>
/// <param name="Success">It is in a block and did not fail there.</param>
/// <param name="Hash">0x hash of the extrinsic, when one was accepted.</param>
/// <param name="Block">The block that holds it.</param>
/// <param name="Error">The chain's error name (for example <c>NeuronNoValidatorPermit</c>), or why it never got there; null on success.</param>
public sealed record ExtrinsicResult(bool Success, string? Hash, ulong? Block, string? Error);
