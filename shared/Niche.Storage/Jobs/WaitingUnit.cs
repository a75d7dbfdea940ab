namespace Niche.Storage.Jobs;

/// <summary>A row of the waiting list: its key carries the order.</summary>
/// <param name="JobId">The job.</param>
/// <param name="Index">The unit.</param>
public sealed record WaitingUnit(string JobId, int Index);
