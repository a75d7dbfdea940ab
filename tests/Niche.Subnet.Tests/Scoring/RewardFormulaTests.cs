using CsCheck;
using Niche.Subnet.Scoring;

namespace Niche.Subnet.Tests.Scoring;

public sealed class RewardFormulaTests
{
    // Values computed apart from this code, from the formulas as published.
    [Theory]
    [InlineData(0, 1000, 1.0)]
    [InlineData(6, 250, 0.7875)]
    [InlineData(3, 40, 0.826875)]
    [InlineData(12, 256, 0.0)]
    [InlineData(20, 256, 0.0)]
    public void The_seed_formula_gives_its_published_values(double seconds, int volume, double reward) =>
        Assert.Equal(reward, Reward("seed", 1, seconds, 12, volume), 12);

    [Theory]
    [InlineData(1, 6, 256, 0.859)]
    [InlineData(1, 6, 64, 0.6872)]
    [InlineData(1, 12, 40, 0.4548683298050514)]
    [InlineData(0.857, 1.5, 256, 0.839)]
    [InlineData(0.3, 12, 256, 0)]
    public void The_head_formula_gives_its_published_values(double similarity, double seconds, int volume, double reward) =>
        Assert.Equal(reward, Reward("sn23-head", similarity, seconds, 12, volume), 12);

    [Theory]
    [InlineData("seed")]
    [InlineData("sn23-head")]
    public void Rewards_lie_between_0_and_1_and_fall_with_time(string name) =>
        Gen.Select(Gen.Double[-1, 2], Gen.Double[0, 1000], Gen.Double[0, 1000], Gen.Int[-5, 5000]).Sample((similarity, a, b, volume) =>
        {
            var fast = Reward(name, similarity, Math.Min(a, b), 12, volume);
            var slow = Reward(name, similarity, Math.Max(a, b), 12, volume);
            return fast is >= 0 and <= 1 && slow is >= 0 and <= 1 && fast >= slow;
        });

    [Theory]
    [InlineData("seed")]
    [InlineData("sn23-head")]
    public void No_similarity_earns_nothing(string name)
    {
        Assert.Equal(0, Reward(name, 0, 1, 12, 256));
        Assert.Equal(0, Reward(name, double.NaN, 1, 12, 256));
    }

    [Fact]
    public void Unknown_names_find_nothing() => Assert.Null(RewardFormulas.Find("mine"));

    private static double Reward(string name, double similarity, double seconds, double timeout, int volume) =>
        RewardFormulas.Find(name)!.Reward(new(similarity, TimeSpan.FromSeconds(seconds), TimeSpan.FromSeconds(timeout), volume));
}
