using Niche.Subnet.Policy;

namespace Niche.Subnet.Verification;

/// <summary>
/// Judges a text against the trusted endpoint's rerun with the same seed. The emitted text itself is compared, not the miner's claims about
/// probabilities: those a cheat can copy from one prefill of the large model.
/// </summary>
public static class TextVerifier
{
    /// <summary>The verdict. Equal text is verified; else equal tokens up to the policy's part; else, with prefill evidence on the text that
    /// was delivered, likely tokens that the seed would have drawn there.</summary>
    /// <param name="reference">Seeded rerun.</param>
    /// <param name="candidate">Miner's answer.</param>
    /// <param name="bands">Limits.</param>
    /// <param name="prefill">The reference model's own view of the candidate's tokens, when it was asked for.</param>
    public static Verdict Compare(TextAnswer reference, TextAnswer candidate, TextBands bands, PrefillEvidence? prefill = null)
    {
        if (string.Equals(reference.Text, candidate.Text, StringComparison.Ordinal))
            return Verdict.Of(VerdictOutcome.Verified, ReasonCodes.Match, 1, ("token_match", 1));
        var match = Match(reference, candidate);
        if (match >= bands.MinTokenMatch) return Verdict.Of(VerdictOutcome.Verified, ReasonCodes.Match, 1, ("token_match", match));
        if (prefill is null) return Verdict.Of(VerdictOutcome.Wrong, ReasonCodes.OtherTokens, match, ("token_match", match));
        // Likely tokens alone prove nothing: a text that was made once, with any seed, is likely for ever. And where a text has the reference's tokens up to its
        // end, the same draw that went on there ended it here, which seldom is honest and always is cheap.
        if (reference.Text.StartsWith(candidate.Text, StringComparison.Ordinal)
            || prefill.Ranks.Count == 0 || prefill.Ranks.Count != prefill.Logprobs.Count || prefill.Ranks.Count != prefill.Misses.Count)
            return Verdict.Of(VerdictOutcome.Wrong, ReasonCodes.OtherTokens, match, ("token_match", match));
        var (rank, mean) = (prefill.Ranks.Max(), prefill.Logprobs.Sum() / prefill.Logprobs.Count);
        var miss = prefill.Misses.Max(value => double.IsFinite(value) ? value : 1);
        var plausible = rank <= bands.MaxRank && mean >= bands.MinMeanLogprob && miss <= bands.MaxMiss;
        return Verdict.Of(
            plausible ? VerdictOutcome.Verified : VerdictOutcome.Wrong,
            plausible ? ReasonCodes.PlausibleTokens : ReasonCodes.OtherTokens,
            plausible ? 1 : match,
            ("token_match", match), ("max_rank", rank), ("mean_logprob", double.IsFinite(mean) ? mean : -1000), ("max_miss", miss));
    }

    private static double Match(TextAnswer reference, TextAnswer candidate) =>
        reference.TokensSpellText && candidate.TokensSpellText
            ? Equal(reference.Tokens, candidate.Tokens)
            : Equal(reference.Text.ToCharArray(), candidate.Text.ToCharArray());

    private static double Equal<T>(IReadOnlyList<T> a, IReadOnlyList<T> b)
        where T : IEquatable<T>
    {
        var longest = Math.Max(a.Count, b.Count);
        if (longest == 0) return 1;
        var equal = 0;
        for (var i = 0; i < Math.Min(a.Count, b.Count); i++)
            if (a[i].Equals(b[i])) equal++;
        return (double)equal / longest;
    }
}
