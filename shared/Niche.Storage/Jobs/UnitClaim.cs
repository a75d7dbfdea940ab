using Niche.Subnet.Jobs;

namespace Niche.Storage.Jobs;

/// <summary>Outcome of an attempt to claim a unit.</summary>
/// <param name="Unit">The unit as it is now.</param>
/// <param name="Claimed">True when it is the caller's to run.</param>
public sealed record UnitClaim(JobUnit Unit, bool Claimed);
