using Niche.Subnet.Verification;

namespace Niche.Validator.Judging;

/// <summary>A verdict with all that is needed to make it again.</summary>
/// <param name="RequestId">The request it judges: idempotency of scoring hangs on it.</param>
/// <param name="At">When.</param>
/// <param name="Hotkey">Who.</param>
/// <param name="Uid">Its slot then.</param>
/// <param name="Model">The category.</param>
/// <param name="Kind">organic or synthetic.</param>
/// <param name="Recipe">What was asked for, as JSON.</param>
/// <param name="Verdict">The verdict with its evidence.</param>
/// <param name="TookMilliseconds">Wall time of the call.</param>
/// <param name="Scored">It counted for the score.</param>
public sealed record VerdictRecord(
    string RequestId, DateTimeOffset At, string Hotkey, int Uid, string Model, string Kind, string Recipe, Verdict Verdict,
    double TookMilliseconds, bool Scored);
