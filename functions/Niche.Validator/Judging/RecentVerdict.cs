using Niche.Subnet.Verification;

namespace Niche.Validator.Judging;

/// <summary>One line of a miner's history.</summary>
/// <param name="At">When.</param>
/// <param name="Outcome">What.</param>
/// <param name="Reason">Why, a stable code.</param>
/// <param name="Score">The reward; null when the answer was not scored.</param>
/// <param name="Kind">organic or synthetic.</param>
public sealed record RecentVerdict(DateTimeOffset At, VerdictOutcome Outcome, string Reason, double? Score, string Kind);
