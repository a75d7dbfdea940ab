namespace Niche.DiscordStandIn.Limits;

/// <summary>What the limits say of a call.</summary>
/// <param name="IsAllowed">It may pass.</param>
/// <param name="Scope">Whose limit was reached: "user" or "global".</param>
/// <param name="Bucket">Name of the bucket.</param>
/// <param name="Limit">Calls per window.</param>
/// <param name="Remaining">Calls that are left.</param>
/// <param name="ResetAfter">Time to the next window.</param>
public sealed record LimitVerdict(bool IsAllowed, string Scope, string Bucket, int Limit, int Remaining, TimeSpan ResetAfter);
