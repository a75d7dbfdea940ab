namespace Niche.Subnet.Verification;

/// <summary>What one prefill of the reference model over prompt and answer says about each emitted token.</summary>
/// <param name="Ranks">Rank of each emitted token, 0 = most likely.</param>
/// <param name="Logprobs">Natural-log probability of each emitted token, same length.</param>
/// <param name="Misses">How far the seed's draw at each place is from the emitted token, 0 where it would have been drawn, 1 at most; same length. Empty when
/// the reference cannot tell: then nothing is plausible.</param>
public sealed record PrefillEvidence(IReadOnlyList<int> Ranks, IReadOnlyList<double> Logprobs, IReadOnlyList<double> Misses);
