using Niche.Subnet.Verification;

namespace Niche.Validator.Judging;

/// <summary>A miner's answer, judged.</summary>
/// <param name="RequestId">The request: booking it twice changes nothing.</param>
/// <param name="Kind">organic or synthetic.</param>
/// <param name="Recipe">What was asked for.</param>
/// <param name="Verdict">What was found.</param>
/// <param name="Took">Wall time of the call.</param>
/// <param name="Scored">It counts for the score.</param>
public sealed record Answered(string RequestId, string Kind, object Recipe, Verdict Verdict, TimeSpan Took, bool Scored);
