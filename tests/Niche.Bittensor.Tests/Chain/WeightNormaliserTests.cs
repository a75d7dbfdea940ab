using CsCheck;
using Niche.Bittensor.Chain;
using Niche.Bittensor.Chain.Weights;

namespace Niche.Bittensor.Tests.Chain;

public class WeightNormaliserTests
{
    [Fact]
    public void The_largest_becomes_65535_and_zeros_are_dropped()
    {
        var (uids, values) = WeightNormaliser.Normalise([4, 7, 9], [0.5, 0, 1]);
        Assert.Equal([4, 9], uids);
        Assert.Equal([32768, 65535], values);
    }

    [Fact]
    public void Halves_round_to_even_as_in_python()
    {
        // 0.5 * 65535 = 32767.5 -> 32768; 1/131070 * 65535 = 0.5 -> 0 and is dropped; 3/131070 -> 1.5 -> 2.
        var (uids, values) = WeightNormaliser.Normalise([0, 1, 2, 3], [131070, 65535, 1, 3]);
        Assert.Equal([0, 1, 3], uids);
        Assert.Equal([65535, 32768, 2], values);
    }

    [Fact]
    public void Nothing_but_zeros_gives_nothing()
    {
        var (uids, values) = WeightNormaliser.Normalise([1, 2], [0, 0]);
        Assert.Empty(uids);
        Assert.Empty(values);
    }

    [Fact]
    public void Order_is_kept_and_scale_does_not_matter() =>
        Gen.Double[0, 1e6].Array[1, 256].Sample(weights =>
        {
            var uids = Enumerable.Range(0, weights.Length).Select(uid => (ushort)uid).ToArray();
            var (keptUids, values) = WeightNormaliser.Normalise(uids, weights);
            if (weights.Max() == 0) return values.Count == 0;
            var rankKept = true;
            for (var i = 1; i < values.Count; i++)
                rankKept &= weights[keptUids[i - 1]].CompareTo(weights[keptUids[i]]) * values[i - 1].CompareTo(values[i]) >= 0;
            return values.Max() == 65535 && values.All(value => value > 0) && rankKept;
        });

    [Theory]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Weights_that_are_no_weights_are_refused(double weight) =>
        Assert.Throws<ArgumentException>(() => WeightNormaliser.Normalise([1], [weight]));

    [Fact]
    public void Repeated_uids_and_unequal_lengths_are_refused()
    {
        Assert.Throws<ArgumentException>(() => WeightNormaliser.Normalise([1, 1], [1, 2]));
        Assert.Throws<ArgumentException>(() => WeightNormaliser.Normalise([1], [1, 2]));
    }

    [Fact]
    public void Under_a_limit_the_chain_accepts_the_largest_weight() => Gen.Select(Gen.Double[0, 1].Array[2, 64], Gen.UShort[1000, 65534]).Sample((weights, limit) =>
    {
        ushort[] uids = [.. Enumerable.Range(0, weights.Length).Select(uid => (ushort)uid)];
        var (_, values) = WeightNormaliser.Normalise(uids, weights, limit);
        var positive = weights.Count(weight => weight > 0);
        return positive * (double)limit <= ushort.MaxValue || WeightLimits.IsWithinMaximum(values, limit);
    });
}
