using Niche.Subnet.Policy;
using Niche.Subnet.Scoring;
using Niche.Subnet.Verification;

namespace Niche.Validator.Judging;

/// <summary>What a miner did in one category: its score, and everything people ask about it.</summary>
/// <param name="Score">Rewards and counts.</param>
/// <param name="Recent">The last verdicts, newest first.</param>
/// <param name="Milliseconds">Wall times of the last answers with content, newest last.</param>
public sealed record Standing(MinerScore Score, IReadOnlyList<RecentVerdict> Recent, IReadOnlyList<double> Milliseconds)
{
    private const int MaxRecent = 10, MaxTimes = 50;

    /// <summary>A miner that did nothing yet.</summary>
    public static Standing New(string hotkey, string model, DateTimeOffset now) => new(MinerScore.New(hotkey, model, 0, now), [], []);

    /// <summary>Median wall time; null before the first answer.</summary>
    public double? MedianMilliseconds
    {
        get
        {
            if (Milliseconds.Count == 0) return null;
            double[] sorted = [.. Milliseconds.Order()];
            return sorted[sorted.Length / 2];
        }
    }

    /// <summary>Adds an answer. Only a scored one moves the score.</summary>
    public Standing With(Answered answer, int totalVolume, ModelPolicy model, ScoringPolicy policy, DateTimeOffset now)
    {
        MinerScore declared = Score with { TotalVolume = totalVolume };
        MinerScore next = answer.Scored
            ? declared.Add(answer.Verdict, answer.Took, model, policy, now)
            : declared.Count(answer.Verdict.Outcome, now);
        double? reward = answer.Scored && answer.Verdict.Outcome != VerdictOutcome.Unverified
            ? RewardRule.Reward(answer.Verdict, answer.Took, totalVolume, model)
            : null;
        bool hasTime = answer.Verdict.Outcome is VerdictOutcome.Verified or VerdictOutcome.Unverified or VerdictOutcome.Wrong;
        return new Standing(
            next,
            [new RecentVerdict(now, answer.Verdict.Outcome, answer.Verdict.ReasonCode, reward, answer.Kind), .. Recent.Take(MaxRecent - 1)],
            hasTime ? [.. Milliseconds.TakeLast(MaxTimes - 1), answer.Took.TotalMilliseconds] : Milliseconds);
    }
}
