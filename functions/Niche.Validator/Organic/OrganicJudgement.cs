using Niche.Subnet.Verification;

namespace Niche.Validator.Organic;

/// <summary>What is done with a miner's answer to a person's request.</summary>
/// <param name="Verdict">What was found.</param>
/// <param name="Delivery">What the person gets; null when nothing may be delivered.</param>
/// <param name="Scored">It counts for the miner's score.</param>
/// <param name="ModelDigest">The reference model it was held against; empty when it was not.</param>
public sealed record OrganicJudgement(Verdict Verdict, ImageFile? Delivery, bool Scored, string ModelDigest);
