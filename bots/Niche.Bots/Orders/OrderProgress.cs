using Niche.Subnet.Jobs;

namespace Niche.Bots.Orders;

/// <summary>Where an open order stands.</summary>
/// <param name="Order">The order.</param>
/// <param name="Job">Its job.</param>
/// <param name="Position">Pictures that are painted before its first one; null when it is being painted.</param>
/// <param name="Expected">The time to its end; null when nobody can say.</param>
public sealed record OrderProgress(Order Order, JobSnapshot Job, int? Position, TimeSpan? Expected);
