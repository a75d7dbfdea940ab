namespace Niche.Subnet.Verification;

/// <summary>What one prefill of the reference model over prompt and answer says about each emitted token.</summary>
/// <param name="Ranks">Rank of each emitted token, 0 = most likely.</param>
/// <param name="Logprobs">Natural-log probability of each emitted token, same length.</param>
public sealed record PrefillEvidence(IReadOnlyList<int> Ranks, IReadOnlyList<double> Logprobs);
