using System.Collections.Immutable;
using CsCheck;
using Niche.Bittensor.Chain;
using Niche.Subnet.Policy;
using Niche.Subnet.Scoring;
using Niche.Subnet.Tests.Policy;
using Niche.Subnet.Weights;

namespace Niche.Subnet.Tests.Weights;

public sealed class WeightCalculatorTests
{
    private static readonly DateTimeOffset Now = new(2026, 6, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly Gen<MinerScore[]> Scores =
        Gen.Select(Gen.Bool, Gen.Double[0, 1].Array[0, 10]).Array[0, 30].Select(miners =>
            miners.Select((m, i) => Score($"hotkey{i}", m.Item1 ? "a" : "b", m.Item2)).ToArray());

    [Fact]
    public void A_category_is_split_by_mean_and_scaled_by_its_share()
    {
        var vector = Compute(TestPolicy.TwoModels(0.75, 0.25), Score("x", "a", [.. Enumerable.Repeat(0.9, 10)]), Score("y", "a", [.. Enumerable.Repeat(0.3, 10)]), Score("z", "b", [.. Enumerable.Repeat(0.2, 10)]));
        Assert.Equal(0.75 * 0.75, vector.Of("x"), 12);
        Assert.Equal(0.75 * 0.25, vector.Of("y"), 12);
        Assert.Equal(0.25, vector.Of("z"), 12);
        Assert.Equal(30, vector.Rewards);
    }

    [Fact]
    public void A_hotkey_earns_in_every_category_that_it_serves() =>
        Assert.Equal(1, Compute(TestPolicy.TwoModels(0.75, 0.25), Score("x", "a", [1]), Score("x", "b", [1])).Of("x"), 12);

    [Fact]
    public void Weights_sum_to_one_or_there_are_none() => Scores.Sample(scores =>
    {
        var vector = Compute(TestPolicy.TwoModels(0.6, 0.4), scores);
        return vector.Entries.Count == 0
            ? scores.All(s => s.Rewards.Sum() == 0)
            : Math.Abs(vector.Weights.Sum() - 1) < 1e-12 && vector.Weights.All(w => w is > 0 and <= 1) && vector.Uids.SequenceEqual(vector.Uids.Order());
    });

    [Fact]
    public void The_order_of_scores_and_neurons_does_not_change_a_bit() => Scores.Sample(scores =>
    {
        var policy = TestPolicy.TwoModels(0.6, 0.4);
        var forward = WeightCalculator.Compute(ScoreBook.From(scores), policy, Now, Metagraph(scores));
        var graph = Metagraph(scores);
        var backward = WeightCalculator.Compute(
            ScoreBook.From(scores.Reverse()), policy with { Models = [.. policy.Models.Reverse()] }, Now, graph with { Neurons = [.. graph.Neurons.Reverse()] });
        return forward.Entries.SequenceEqual(backward.Entries);
    });

    [Fact]
    public void A_better_mean_in_a_category_never_weighs_less() => Scores.Sample(scores =>
    {
        var vector = Compute(TestPolicy.TwoModels(0.6, 0.4), scores);
        return scores.GroupBy(s => s.Model).All(category =>
        {
            var weights = category.OrderBy(s => s.Mean(TestPolicy.Default.Scoring)).Select(s => vector.Of(s.Hotkey)).ToArray();
            return weights.Zip(weights.Skip(1)).All(pair => pair.First <= pair.Second);
        });
    });

    [Fact]
    public void An_empty_category_is_redistributed_or_burned_as_the_policy_says()
    {
        MinerScore[] scores = [Score("x", "a", [1]), Score("burn", "c", [])];
        Assert.Equal(1, Compute(TestPolicy.TwoModels(0.6, 0.4), scores).Of("x"), 12);
        var burning = TestPolicy.TwoModels(0.6, 0.4, new WeightPolicy { EmptyCategory = EmptyCategoryRule.Burn, BurnHotkey = "burn" });
        Assert.Equal(0.6, Compute(burning, scores).Of("x"), 12);
        Assert.Equal(0.4, Compute(burning, scores).Of("burn"), 12);
    }

    [Fact]
    public void Broken_numbers_weigh_nothing()
    {
        var vector = Compute(TestPolicy.TwoModels(1, 0), Score("x", "a", [double.NaN]), Score("y", "a", [double.NegativeInfinity]), Score("z", "a", [0.5]));
        Assert.Equal([new WeightEntry(2, "z", 1)], vector.Entries);
    }

    [Fact]
    public void A_hotkey_that_left_the_subnet_earns_nothing_and_its_uid_inherits_nothing()
    {
        var book = ScoreBook.From([Score("old", "a", [1]), Score("new", "a", [])]);
        var graph = new Metagraph(23, 1000, [Neuron(0, "new"), Neuron(1, "other")]);
        Assert.Empty(WeightCalculator.Compute(book, TestPolicy.TwoModels(1, 0), Now, graph).Entries);
    }

    [Fact]
    public void The_newcomers_bonus_is_days_left_in_percent()
    {
        var policy = TestPolicy.TwoModels(1, 0) with { Scoring = new ScoringPolicy { NewMinerBonusDays = 10 } };
        var graph = new Metagraph(23, 100 * 7200, [Neuron(0, "old"), Neuron(1, "new") with { RegisteredAtBlock = 96 * 7200 }]);
        var vector = WeightCalculator.Compute(ScoreBook.From([Score("old", "a", [0.5]), Score("new", "a", [0.5])]), policy, Now, graph);
        Assert.Equal(1.06, vector.Of("new") / vector.Of("old"), 12);
    }

    private static WeightVector Compute(SubnetPolicy policy, params MinerScore[] scores) =>
        WeightCalculator.Compute(ScoreBook.From(scores), policy, Now, Metagraph(scores));

    private static Metagraph Metagraph(MinerScore[] scores) =>
        new(23, 1000, [.. scores.Select(s => s.Hotkey).Distinct().Select((hotkey, i) => Neuron(i, hotkey))]);

    private static Neuron Neuron(int uid, string hotkey) => new((ushort)uid, hotkey, "coldkey", null, 0, false, true, 0, 0, 0);

    private static MinerScore Score(string hotkey, string model, double[] rewards) =>
        MinerScore.New(hotkey, model, 100, Now) with { Rewards = [.. rewards] };
}
