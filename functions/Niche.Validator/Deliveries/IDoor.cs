using Niche.Subnet.Jobs;

namespace Niche.Validator.Deliveries;

/// <summary>A place that jobs come from and answers go to.</summary>
public interface IDoor
{
    /// <summary>The name that its jobs carry.</summary>
    string Name { get; }

    /// <summary>Tells the place that a unit became final. May be called more than once for the same unit; throws to be called again later.</summary>
    Task DeliverAsync(JobSnapshot job, int index, CancellationToken ct);
}
