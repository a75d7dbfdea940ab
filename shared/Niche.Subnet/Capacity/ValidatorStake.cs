namespace Niche.Subnet.Capacity;

/// <summary>A validator that may want a part of a miner's volume.</summary>
/// <param name="Hotkey">SS58 address.</param>
/// <param name="Stake">Total stake as the metagraph gives it.</param>
public readonly record struct ValidatorStake(string Hotkey, double Stake);
