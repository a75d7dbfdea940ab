using Niche.Validator.Judging;

namespace Niche.Validator.Network;

/// <summary>A miner with its standing in the category it competes in.</summary>
/// <param name="Miner">What it is.</param>
/// <param name="Standing">What it did.</param>
/// <param name="Score">Mean reward, 0 to 1; null before the first.</param>
/// <param name="Weight">Its part of the last vector that was set.</param>
public sealed record MinerStanding(MinerRecord Miner, Standing Standing, double? Score, double Weight);
