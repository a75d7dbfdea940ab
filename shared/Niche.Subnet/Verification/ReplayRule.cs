using System.Security.Cryptography;
using System.Text;

namespace Niche.Subnet.Verification;

/// <summary>What a hit of the <see cref="IReplayIndex"/> means.</summary>
public static class ReplayRule
{
    /// <summary>Names a wrong answer a replay. A verified answer stays verified: agreement with the rerun is the stronger evidence.
    /// An answer that was not rerun becomes wrong, because two different requests do not give one picture.</summary>
    public static Verdict Apply(Verdict verdict, ReplayKey? hit) =>
        hit is not null && verdict.Outcome is (VerdictOutcome.Wrong or VerdictOutcome.Unverified)
            ? verdict with { Outcome = VerdictOutcome.Wrong, ReasonCode = ReasonCodes.Replayed, Similarity = 0 }
            : verdict;

    /// <summary>True when two remembered pictures are the same picture for different requests.</summary>
    public static bool IsReplay(ReplayKey earlier, ReplayKey later) =>
        earlier.RequestDigest != later.RequestDigest
        && (earlier.Sha256 == later.Sha256 || (earlier.DHash == later.DHash && earlier.PHash == later.PHash));

    /// <summary>SHA-256 (lower-case hex) over everything that decides a picture.</summary>
    public static string RequestDigest(string model, string prompt, string negativePrompt, long seed, int width, int height, int steps, double guidance)
    {
        var settings = FormattableString.Invariant($"{model.Length}:{model}{prompt.Length}:{prompt}{negativePrompt.Length}:{negativePrompt}{seed},{width},{height},{steps},{guidance:R}");
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(settings)));
    }
}
