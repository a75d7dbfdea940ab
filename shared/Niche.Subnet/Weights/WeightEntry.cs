namespace Niche.Subnet.Weights;

/// <summary>Weight of one neuron.</summary>
/// <param name="Uid">Slot at the time of the metagraph.</param>
/// <param name="Hotkey">SS58 address in that slot.</param>
/// <param name="Weight">0..1.</param>
public sealed record WeightEntry(ushort Uid, string Hotkey, double Weight);
