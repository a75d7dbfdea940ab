using Niche.Bittensor.Dendrite;

namespace Niche.Subnet.Verification;

/// <summary>Verdicts on calls that brought no answer to judge.</summary>
public static class TransportVerdict
{
    /// <summary>The verdict, or null when the call succeeded and the answer itself must be judged.</summary>
    /// <param name="outcome">How the call ended.</param>
    /// <param name="statusCode">Status of the axon.</param>
    public static Verdict? Of(SynapseOutcome outcome, int statusCode) => outcome switch
    {
        SynapseOutcome.Success => null,
        SynapseOutcome.Timeout => Verdict.Of(VerdictOutcome.Late, ReasonCodes.TimedOut),
        SynapseOutcome.Unreachable => Verdict.Of(VerdictOutcome.Unreachable, ReasonCodes.Unreachable),
        SynapseOutcome.TooLarge => Verdict.Of(VerdictOutcome.Invalid, ReasonCodes.TooLarge),
        SynapseOutcome.Malformed => Verdict.Of(VerdictOutcome.Invalid, ReasonCodes.Malformed),
        // 503 with an answer is a full queue; a stock miner has no other word for it.
        _ when statusCode is 429 or 503 => Verdict.Of(VerdictOutcome.Overloaded, ReasonCodes.Overloaded),
        _ when statusCode is 408 or 504 => Verdict.Of(VerdictOutcome.Late, ReasonCodes.TimedOut),
        SynapseOutcome.Rejected => Verdict.Of(VerdictOutcome.Invalid, ReasonCodes.Refused),
        _ => Verdict.Of(VerdictOutcome.Invalid, ReasonCodes.MinerError),
    };
}
