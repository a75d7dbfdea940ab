namespace Niche.Storage.Jobs;

/// <summary>Bounds of what is accepted.</summary>
/// <param name="MaxWaitingUnits">Units of one model that may wait; more are refused with <c>queue_full</c>.</param>
public sealed record JobLimits(int MaxWaitingUnits);
