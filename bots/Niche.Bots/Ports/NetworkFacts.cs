namespace Niche.Bots.Ports;

/// <summary>What people are shown of the subnet.</summary>
/// <param name="Validator">Hotkey of the validator: whose receipts are to be believed.</param>
/// <param name="Waiting">Messages by queue name.</param>
/// <param name="Miners">Miners by uid.</param>
public sealed record NetworkFacts(string Validator, IReadOnlyDictionary<string, long> Waiting, IReadOnlyList<MinerFacts> Miners);
