using Niche.Subnet.Policy;
using Niche.Subnet.Verification;

namespace Niche.Subnet.Scoring;

/// <summary>From verdict to reward.</summary>
public static class RewardRule
{
    /// <summary>0 for all but verified work; else what the category's formula gives, kept inside 0..1.</summary>
    /// <exception cref="InvalidOperationException">The policy names an unknown formula; <see cref="PolicyValidator"/> refuses such a policy.</exception>
    public static double Reward(Verdict verdict, TimeSpan processTime, int totalVolume, ModelPolicy model)
    {
        if (!verdict.IsVerified) return 0;
        var formula = RewardFormulas.Find(model.RewardFormula)
            ?? throw new InvalidOperationException($"Unknown reward formula '{model.RewardFormula}'.");
        var reward = formula.Reward(new RewardInput(verdict.Similarity, processTime, model.Timeout, totalVolume));
        return double.IsFinite(reward) ? Math.Clamp(reward, 0, 1) : 0;
    }
}
