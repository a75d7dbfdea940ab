namespace Niche.Subnet.Weights;

/// <summary>What became of a hashed commit in the end.</summary>
/// <param name="Netuid">Subnet.</param>
/// <param name="ValidatorHotkey">Who committed.</param>
/// <param name="At">When it was found out.</param>
/// <param name="Sent">The reveal; its step is <c>expired</c> where the epoch had passed.</param>
/// <param name="Reason">Why it does not count; null when it was revealed.</param>
public sealed record RevealReceipt(int Netuid, string ValidatorHotkey, DateTimeOffset At, WeightSent Sent, string? Reason);
