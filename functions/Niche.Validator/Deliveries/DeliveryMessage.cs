namespace Niche.Validator.Deliveries;

/// <summary>A unit became final: its door has to be told.</summary>
/// <param name="JobId">The job.</param>
/// <param name="Index">The unit.</param>
public sealed record DeliveryMessage(string JobId, int Index);
