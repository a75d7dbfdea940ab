using CsCheck;
using Niche.Bittensor.Chain.Weights;

namespace Niche.Bittensor.Tests.Chain.Weights;

public class WeightLimitsTests
{
    private static readonly Gen<ushort[]> Values = Gen.UShort.Array[1, 50];

    /// <summary>Seen on a real runtime: [1, 2] is stored as [32768, 65535].</summary>
    [Fact]
    public void The_largest_value_is_stored_as_65535_and_the_others_in_proportion() =>
        Assert.Equal([32768, 65535], WeightLimits.Upscale([1, 2]));

    [Fact]
    public void Upscaling_keeps_order_and_zeros_and_changes_nothing_the_second_time() => Values.Sample(values =>
    {
        var stored = WeightLimits.Upscale(values);
        return WeightLimits.Upscale(stored).SequenceEqual(stored)
            && (values.Max() == 0 || stored.Max() == ushort.MaxValue)
            && values.Zip(stored).All(pair => pair.First == 0 == (pair.Second == 0))
            && Enumerable.Range(1, values.Length - 1).All(i => values[i] < values[0] ? stored[i] <= stored[0] : stored[i] >= stored[0]);
    });

    [Fact]
    public void The_limit_is_about_the_part_of_the_stored_sum() => Gen.Select(Values, Gen.UShort[1, 65534]).Sample((values, limit) =>
    {
        var stored = WeightLimits.Upscale(values);
        var sum = stored.Sum(value => (decimal)value);
        return WeightLimits.IsWithinMaximum(values, limit) == (sum == 0 || stored.Max() / sum <= limit / 65535m);
    });

    [Fact]
    public void Without_a_limit_everything_is_within() => Values.Sample(values => WeightLimits.IsWithinMaximum(values, ushort.MaxValue));

    [Fact]
    public void Capped_weights_keep_the_limit_their_sum_and_their_order() =>
        Gen.Select(Gen.Double[0, 1000].Array[1, 40], Gen.UShort[1, 65534]).Where((weights, _) => weights.Sum() > 0).Sample((weights, limit) =>
        {
            var part = limit / 65535.0;
            var positive = weights.Count(weight => weight > 0);
            var capped = WeightLimits.Cap(weights, limit);
            var most = Math.Max(part, 1.0 / positive);
            return Math.Abs(capped.Sum() - 1) < 1e-9
                && capped.All(weight => weight <= most + 1e-12)
                && weights.Zip(capped).All(pair => pair.First > 0 || pair.Second == 0)
                && Enumerable.Range(1, weights.Length - 1).All(i => weights[i] <= weights[0] ? capped[i] <= capped[0] + 1e-12 : capped[i] >= capped[0] - 1e-12);
        });

    [Fact]
    public void Weights_below_the_limit_only_change_their_scale()
    {
        var capped = WeightLimits.Cap([1, 2, 1], 40_000);
        Assert.Equal([0.25, 0.5, 0.25], capped.Select(weight => Math.Round(weight, 12)));
    }

    [Fact]
    public void What_one_loses_the_others_share_in_proportion()
    {
        var capped = WeightLimits.Cap([8, 1, 1], (ushort)(65535 * 0.5));
        Assert.Equal(0.5, capped[0], 1e-4);
        Assert.Equal(capped[1], capped[2], 1e-12);
    }
}
