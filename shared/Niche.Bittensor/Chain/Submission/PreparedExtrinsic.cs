using Niche.Bittensor.Chain.Extrinsics;

namespace Niche.Bittensor.Chain.Submission;

/// <summary>A call signed and ready, but not sent.</summary>
/// <param name="Call">The encoded call.</param>
/// <param name="Terms">What it was signed for: versions, nonce, era, tip.</param>
/// <param name="Payload">The signed payload.</param>
/// <param name="Extrinsic">The whole extrinsic and its hash.</param>
/// <param name="Birth">The block from which it is valid.</param>
/// <param name="Death">The first block in which it is no longer valid.</param>
public sealed record PreparedExtrinsic(ChainCall Call, SigningTerms Terms, ExtrinsicPayload Payload, SignedExtrinsic Extrinsic, ulong Birth, ulong Death);
