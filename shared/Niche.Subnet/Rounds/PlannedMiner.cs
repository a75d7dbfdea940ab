namespace Niche.Subnet.Rounds;

/// <summary>A miner to be asked in a round; one that serves several models appears once per model, its share divided.</summary>
/// <param name="Uid">Slot at the time of planning.</param>
/// <param name="Hotkey">SS58 address.</param>
/// <param name="Model">Category it serves.</param>
/// <param name="Share">Requests of this validator per interval for this model.</param>
public sealed record PlannedMiner(int Uid, string Hotkey, string Model, int Share);
