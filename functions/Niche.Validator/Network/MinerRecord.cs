namespace Niche.Validator.Network;

/// <summary>What this validator knows of one miner.</summary>
/// <param name="Hotkey">Its identity.</param>
/// <param name="Uid">Its slot on the subnet now.</param>
/// <param name="Ip">Address of its axon.</param>
/// <param name="Port">Port of its axon.</param>
/// <param name="Model">The category it competes in; null when it never said.</param>
/// <param name="TotalVolume">Requests per interval that it declares for all validators together.</param>
/// <param name="Share">This validator's part of them.</param>
/// <param name="Online">It answered the last question.</param>
/// <param name="SeenAt">When it last answered.</param>
/// <param name="Fault">Why it did not, in words; null when online.</param>
public sealed record MinerRecord(
    string Hotkey, int Uid, string Ip, int Port, string? Model, int TotalVolume, int Share, bool Online, DateTimeOffset? SeenAt, string? Fault)
{
    /// <summary>Every model that it can be asked for; the first is the one it is scored for.</summary>
    public IReadOnlyList<string> Models { get; init; } = [];

    /// <summary>True when it can be asked for a model now.</summary>
    public bool Serves(string model) => Online && Models.Contains(model, StringComparer.Ordinal);
}
