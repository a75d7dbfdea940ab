using System.Collections.Immutable;
using Niche.Subnet.Verification;

namespace Niche.Subnet.Scoring;

/// <summary>How often each outcome happened, late and wrong apart.</summary>
/// <param name="Values">Counts by outcome; absent means 0.</param>
public sealed record OutcomeCounts(ImmutableSortedDictionary<VerdictOutcome, long> Values)
{
    /// <summary>Nothing counted yet.</summary>
    public static OutcomeCounts None { get; } = new(ImmutableSortedDictionary<VerdictOutcome, long>.Empty);

    /// <summary>Count of one outcome.</summary>
    public long this[VerdictOutcome outcome] => Values.GetValueOrDefault(outcome);

    /// <summary>All together.</summary>
    public long Total => Values.Values.Sum();

    /// <summary>One more.</summary>
    public OutcomeCounts Add(VerdictOutcome outcome) => new(Values.SetItem(outcome, this[outcome] + 1));
}
