namespace Niche.Subnet.Capacity;

/// <summary>Answer of a <see cref="QuotaBucket"/>.</summary>
/// <param name="Allowed">True when the request may run.</param>
/// <param name="RetryAfter">When the next request would be allowed; zero when this one is.</param>
/// <param name="State">The bucket to keep.</param>
public sealed record QuotaDecision(bool Allowed, TimeSpan RetryAfter, QuotaBucket State);
