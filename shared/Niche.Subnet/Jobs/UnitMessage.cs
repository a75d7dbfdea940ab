namespace Niche.Subnet.Jobs;

/// <summary>What travels on the <c>organic-jobs</c> queue: ids only, the job itself is a row.</summary>
/// <param name="JobId">The job.</param>
/// <param name="Index">The unit.</param>
public sealed record UnitMessage(string JobId, int Index);
