namespace Niche.Bittensor.Chain;

/// <summary>One registered hotkey of a subnet.</summary>
/// <param name="Uid">Its slot in the subnet; reused by another hotkey after deregistration.</param>
/// <param name="Hotkey">SS58 address of the hotkey.</param>
/// <param name="Coldkey">SS58 address of the owner.</param>
/// <param name="Axon">Where it listens; null when it never served.</param>
/// <param name="Stake">Total stake in TAO.</param>
/// <param name="ValidatorPermit">May set weights.</param>
/// <param name="Active">Acted recently, as the chain sees it.</param>
/// <param name="LastUpdate">Block of its last weights (or registration).</param>
/// <param name="RegisteredAtBlock">Block of its registration.</param>
/// <param name="Incentive">Share of incentive, u16 where 65535 = 1.</param>
public sealed record Neuron(
    ushort Uid,
    string Hotkey,
    string Coldkey,
    AxonEndpoint? Axon,
    double Stake,
    bool ValidatorPermit,
    bool Active,
    ulong LastUpdate,
    ulong RegisteredAtBlock,
    ushort Incentive);
