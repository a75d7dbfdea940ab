namespace Niche.Subnet.Policy;

/// <summary>Limits for judging text against the trusted endpoint's seeded rerun or its prefill over the emitted tokens.</summary>
/// <param name="MinTokenMatch">Part of the tokens (0..1), compared place by place, that must equal the rerun; 1 asks for all of them.</param>
/// <param name="MaxRank">With prefill evidence: largest rank (0 = most likely) the reference model may give an emitted token.</param>
/// <param name="MinMeanLogprob">With prefill evidence: smallest mean natural-log probability of the emitted tokens.</param>
/// <param name="MaxCharacters">Longest accepted answer.</param>
/// <param name="MaxMiss">With prefill evidence: farthest (0..1) that the seed's draw may be from an emitted token.</param>
public sealed record TextBands(double MinTokenMatch, int MaxRank, double MinMeanLogprob, int MaxCharacters, double MaxMiss = 0.01);
