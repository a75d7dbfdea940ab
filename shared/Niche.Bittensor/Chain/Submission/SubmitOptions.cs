namespace Niche.Bittensor.Chain.Submission;

/// <summary>How to submit a call.</summary>
public sealed record SubmitOptions
{
    /// <summary>What to wait for.</summary>
    public SubmitWait WaitFor { get; init; } = SubmitWait.Inclusion;

    /// <summary>Rao paid beyond the fee.</summary>
    public ulong TipRao { get; init; }
}
