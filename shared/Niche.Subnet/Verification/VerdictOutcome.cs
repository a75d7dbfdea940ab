using System.Text.Json.Serialization;

namespace Niche.Subnet.Verification;

/// <summary>How a request to a miner ended. Late, overloaded and wrong are different faults and are counted apart.</summary>
[JsonConverter(typeof(VerdictOutcomeConverter))]
public enum VerdictOutcome
{
    /// <summary>The work agrees with the reference.</summary>
    Verified,

    /// <summary>Good form, wrong work: another seed, fewer steps, another model, an old picture.</summary>
    Wrong,

    /// <summary>Not usable as an answer at all: garbage, a bomb, a wrong size.</summary>
    Invalid,

    /// <summary>No answer within the time limit.</summary>
    Late,

    /// <summary>The miner refused for lack of capacity.</summary>
    Overloaded,

    /// <summary>No connection, or it broke.</summary>
    Unreachable,

    /// <summary>Not judged: not chosen for scoring, or the reference was missing. Never counts against the miner.</summary>
    Unverified,
}
