namespace Niche.Bots.Ports;

/// <summary>A miner.</summary>
/// <param name="Uid">Slot on the subnet.</param>
/// <param name="Hotkey">Identity.</param>
/// <param name="Models">What it serves.</param>
/// <param name="Online">It answered the last question.</param>
/// <param name="Score">Mean reward, 0 to 1; null before the first.</param>
/// <param name="Weight">Its part of the last weight vector.</param>
/// <param name="MedianMilliseconds">Its usual time for an answer; null when unknown.</param>
public sealed record MinerFacts(
    int Uid, string Hotkey, IReadOnlyList<string> Models, bool Online, double? Score, double Weight, double? MedianMilliseconds);
