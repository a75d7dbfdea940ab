namespace Niche.Subnet.Weights;

/// <summary>What was decided about a weight vector and why, kept for everybody to recompute.</summary>
/// <param name="Netuid">Subnet.</param>
/// <param name="ValidatorHotkey">Who set it.</param>
/// <param name="Block">Block of the metagraph that was used.</param>
/// <param name="PolicyVersion">Policy that was used.</param>
/// <param name="PolicyDigest">SHA-256 of its canonical form, see <c>SignedPolicy.Digest</c>.</param>
/// <param name="ComputedAt">When; decides the emission shares.</param>
/// <param name="Entries">The vector.</param>
/// <param name="Change">Total variation distance to the last vector.</param>
/// <param name="WasSet">True when the chain accepted it.</param>
/// <param name="Reasons">Why it was not set; empty when it was.</param>
public sealed record WeightReceipt(
    int Netuid,
    string ValidatorHotkey,
    ulong Block,
    int PolicyVersion,
    string PolicyDigest,
    DateTimeOffset ComputedAt,
    IReadOnlyList<WeightEntry> Entries,
    double Change,
    bool WasSet,
    IReadOnlyList<string> Reasons)
{
    /// <summary>What was sent, or tried; null when the vector was held back before.</summary>
    public WeightSent? Sent { get; init; }
}
