namespace Niche.Subnet.Scoring;

/// <summary>Turns verified work into a reward. Implementations are pure, named and never change under their name: a changed formula is a new name.</summary>
public interface IRewardFormula
{
    /// <summary>Name used by the policy.</summary>
    string Name { get; }

    /// <summary>Reward, 0..1, finite for every input.</summary>
    double Reward(RewardInput input);
}
