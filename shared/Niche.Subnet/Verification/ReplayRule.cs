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

    /// <summary>
    /// SHA-256 (lower-case hex) over what decides the initial noise: use it as <see cref="ReplayKey.RequestDigest"/>. Prompt, steps and guidance are
    /// left out on purpose: from one seed, a reworded prompt or one step more may honestly give a picture with the same hashes, while
    /// pictures of different seeds were never closer than 10 bits.
    /// </summary>
    public static string NoiseDigest(string model, long seed, int width, int height) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(FormattableString.Invariant($"{model.Length}:{model}{seed},{width},{height}"))));

    /// <summary>SHA-256 (lower-case hex) over everything that decides a picture.</summary>
    public static string RequestDigest(string model, string prompt, string negativePrompt, long seed, int width, int height, int steps, double guidance)
    {
        var settings = FormattableString.Invariant($"{model.Length}:{model}{prompt.Length}:{prompt}{negativePrompt.Length}:{negativePrompt}{seed},{width},{height},{steps},{guidance:R}");
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(settings)));
    }
}
