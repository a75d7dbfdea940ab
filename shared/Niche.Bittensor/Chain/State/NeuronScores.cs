namespace Niche.Bittensor.Chain.State;

/// <summary>What the last epoch made of a neuron, and what is staked to it.</summary>
/// <param name="Rank">Share of rank, u16 where 65535 = 1.</param>
/// <param name="Trust">u16 where 65535 = 1.</param>
/// <param name="Consensus">u16 where 65535 = 1.</param>
/// <param name="Dividends">Share of dividends, u16 where 65535 = 1.</param>
/// <param name="EmissionRao">Alpha of the last epoch, in rao.</param>
/// <param name="AlphaStakeRao">Alpha of this subnet staked to the hotkey, in rao.</param>
/// <param name="TaoStakeRao">TAO staked to the hotkey on the root subnet, in rao.</param>
public sealed record NeuronScores(
    ushort Rank, ushort Trust, ushort Consensus, ushort Dividends, ulong EmissionRao, ulong AlphaStakeRao, ulong TaoStakeRao);
