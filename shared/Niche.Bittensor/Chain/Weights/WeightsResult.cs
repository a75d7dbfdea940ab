namespace Niche.Bittensor.Chain.Weights;

/// <summary>What became of weights: what was sent, and how it ended.</summary>
/// <param name="Step">What was done, or tried where <see cref="Success"/> is false.</param>
/// <param name="Call">The call that was sent; null when none was.</param>
/// <param name="Extrinsic">How it ended; the refusal where nothing was sent.</param>
/// <param name="RevealRound">The drand round that opens a timelocked commit.</param>
/// <param name="RevealBlock">The first block of the epoch in which a commit is revealed.</param>
public sealed record WeightsResult(
    WeightStep Step, string? Call, ExtrinsicResult Extrinsic, ulong? RevealRound = null, ulong? RevealBlock = null)
{
    /// <summary>The chain has it.</summary>
    public bool Success => Extrinsic.Success;

    /// <summary>The chain's error name, or why nothing was sent; null on success.</summary>
    public string? Error => Extrinsic.Error;

    /// <summary>Nothing was sent.</summary>
    public static WeightsResult Kept(string error, string? detail, ExtrinsicOutcome outcome) =>
        new(WeightStep.Kept, null, new ExtrinsicResult(false, null, null, error) { Detail = detail, Outcome = outcome });
}
