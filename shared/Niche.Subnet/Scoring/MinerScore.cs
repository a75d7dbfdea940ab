using System.Collections.Immutable;
using Niche.Subnet.Policy;
using Niche.Subnet.Verification;

namespace Niche.Subnet.Scoring;

/// <summary>What is remembered of one miner in one model. Belongs to the hotkey: whoever takes over its uid starts from nothing.</summary>
/// <param name="Hotkey">SS58 address.</param>
/// <param name="Model">Category of the remembered rewards.</param>
/// <param name="TotalVolume">Declared volume after clamping.</param>
/// <param name="Rewards">Last rewards, oldest first, at most the policy's memory length.</param>
/// <param name="Counts">All outcomes ever seen.</param>
/// <param name="UpdatedAt">Last change.</param>
public sealed record MinerScore(
    string Hotkey, string Model, int TotalVolume, ImmutableArray<double> Rewards, OutcomeCounts Counts, DateTimeOffset UpdatedAt)
{
    /// <summary>A miner that was never scored.</summary>
    public static MinerScore New(string hotkey, string model, int totalVolume, DateTimeOffset now) =>
        new(hotkey, model, totalVolume, [], OutcomeCounts.None, now);

    /// <summary>Where the score belongs.</summary>
    public ScoreKey Key => new(Hotkey, Model);

    /// <summary>Drops the rewards, because the miner no longer serves the model.</summary>
    public MinerScore Forget(DateTimeOffset now) => Rewards.Length == 0 ? this : this with { Rewards = [], UpdatedAt = now };

    /// <summary>Counts a verdict on a scored request and remembers its reward. Everything but verified work earns 0;
    /// unverified work is counted only, because the missing reference is no fault of the miner.</summary>
    public MinerScore Add(Verdict verdict, TimeSpan processTime, ModelPolicy model, ScoringPolicy policy, DateTimeOffset now)
    {
        var counted = Count(verdict.Outcome, now);
        if (verdict.Outcome == VerdictOutcome.Unverified) return counted;
        var reward = RewardRule.Reward(verdict, processTime, TotalVolume, model);
        var rewards = Rewards.Add(reward);
        if (rewards.Length > policy.MemoryLength) rewards = rewards.RemoveRange(0, rewards.Length - policy.MemoryLength);
        return counted with { Rewards = rewards };
    }

    /// <summary>Counts an outcome without a reward, for requests that are not scored.</summary>
    public MinerScore Count(VerdictOutcome outcome, DateTimeOffset now) => this with { Counts = Counts.Add(outcome), UpdatedAt = now };

    /// <summary>Mean reward, 0..1; see <see cref="ScoringPolicy.RampNewMiners"/> for the divisor.</summary>
    public double Mean(ScoringPolicy policy)
    {
        if (Rewards.Length == 0) return 0;
        double sum = 0;
        foreach (var reward in Rewards) sum += reward;
        return sum / (policy.RampNewMiners ? Math.Max(policy.MemoryLength, Rewards.Length) : Rewards.Length);
    }
}
