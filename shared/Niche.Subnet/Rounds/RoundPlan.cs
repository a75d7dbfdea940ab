namespace Niche.Subnet.Rounds;

/// <summary>All synthetic requests of a round, by due time.</summary>
/// <param name="Id">Round.</param>
/// <param name="Items">Ordered by due time, then id.</param>
public sealed record RoundPlan(RoundId Id, IReadOnlyList<RoundItem> Items);
