using Niche.Subnet.Rounds;

namespace Niche.Validator.Synthetic;

/// <summary>A planned request of a round.</summary>
/// <param name="Round">Its round.</param>
/// <param name="Item">The plan. The mark of the scored one never leaves the validator.</param>
public sealed record SyntheticMessage(RoundId Round, RoundItem Item);
