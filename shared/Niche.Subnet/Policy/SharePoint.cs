namespace Niche.Subnet.Policy;

/// <summary>A dated point of a category's emission share. Between two points the share moves linearly; outside it stays.</summary>
/// <param name="At">Instant, UTC.</param>
/// <param name="Share">Part of the subnet's emission, 0..1.</param>
public sealed record SharePoint(DateTimeOffset At, double Share);
