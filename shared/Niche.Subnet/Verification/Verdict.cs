using System.Collections.Immutable;

namespace Niche.Subnet.Verification;

/// <summary>The judgement of one answer, with the numbers it rests on.</summary>
/// <param name="Outcome">How it ended.</param>
/// <param name="ReasonCode">Why, see <see cref="ReasonCodes"/>.</param>
/// <param name="Similarity">0..1: 1 inside the policy's bands, below that the allowed distance over the measured one.</param>
/// <param name="Evidence">Named distances, ordered by name; empty when none was measured.</param>
public sealed record Verdict(
    VerdictOutcome Outcome, string ReasonCode, double Similarity, ImmutableSortedDictionary<string, double> Evidence)
{
    /// <summary>True when the work may be paid.</summary>
    public bool IsVerified => Outcome == VerdictOutcome.Verified;

    /// <summary>A verdict without numbers.</summary>
    public static Verdict Of(VerdictOutcome outcome, string reasonCode) =>
        new(outcome, reasonCode, outcome == VerdictOutcome.Verified ? 1 : 0, ImmutableSortedDictionary<string, double>.Empty);

    /// <summary>A verdict with numbers.</summary>
    public static Verdict Of(VerdictOutcome outcome, string reasonCode, double similarity, params ReadOnlySpan<(string Name, double Value)> evidence)
    {
        var builder = ImmutableSortedDictionary.CreateBuilder<string, double>(StringComparer.Ordinal);
        foreach (var (name, value) in evidence) builder[name] = value;
        return new(outcome, reasonCode, similarity, builder.ToImmutable());
    }
}
