namespace Niche.Bots.Orders;

/// <summary>Points to an order.</summary>
/// <param name="JobId">Its job.</param>
public sealed record OrderMark(string JobId);
