namespace Niche.Subnet.Weights;

/// <summary>What went to the chain for a weight vector.</summary>
/// <param name="Step"><c>set</c>, <c>timelocked</c> or <c>committed</c>; of a commit later <c>revealed</c> or <c>expired</c>.</param>
/// <param name="Call">The chain's call; null when none was sent.</param>
/// <param name="Extrinsic">0x hash; null when the chain did not take it.</param>
/// <param name="Block">The block that holds it; null when none does.</param>
/// <param name="RevealRound">The drand round that opens a timelocked commit.</param>
/// <param name="RevealBlock">The first block of the epoch in which a commit is revealed.</param>
public sealed record WeightSent(string Step, string? Call, string? Extrinsic, ulong? Block, ulong? RevealRound, ulong? RevealBlock);
