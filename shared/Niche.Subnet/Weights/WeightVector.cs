namespace Niche.Subnet.Weights;

/// <summary>Weights by uid, ascending; they sum to 1, or the vector is empty because nobody earned anything.</summary>
/// <param name="Entries">Positive weights only, ordered by uid.</param>
/// <param name="Rewards">Number of rewards behind the vector.</param>
public sealed record WeightVector(IReadOnlyList<WeightEntry> Entries, int Rewards)
{
    /// <summary>No weights.</summary>
    public static WeightVector Empty { get; } = new([], 0);

    /// <summary>Uids, as the chain wants them.</summary>
    public IReadOnlyList<ushort> Uids => [.. Entries.Select(e => e.Uid)];

    /// <summary>Weights, in the order of <see cref="Uids"/>.</summary>
    public IReadOnlyList<double> Weights => [.. Entries.Select(e => e.Weight)];

    /// <summary>Weight of a hotkey; 0 when absent.</summary>
    public double Of(string hotkey) => Entries.FirstOrDefault(e => e.Hotkey == hotkey)?.Weight ?? 0;
}
