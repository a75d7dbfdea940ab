using Niche.Subnet.Policy;
using Niche.Subnet.Weights;

namespace Niche.Subnet.Tests.Weights;

public sealed class WeightGuardTests
{
    private static readonly WeightPolicy Policy = new() { MaxChange = 0.5, MinRewards = 3 };

    [Fact]
    public void A_small_change_may_be_set()
    {
        var check = WeightGuard.Check(Vector(10, 0.5, 0.5), Vector(10, 0.4, 0.6), Policy);
        Assert.True(check.MaySet);
        Assert.Equal(0.1, check.Change, 12);
    }

    [Fact]
    public void The_first_vector_may_be_anything_sound() => Assert.True(WeightGuard.Check(null, Vector(3, 1), Policy).MaySet);

    [Fact]
    public void A_large_change_is_stopped_with_its_reason()
    {
        var check = WeightGuard.Check(Vector(10, 1, 0), Vector(10, 0, 1), Policy);
        Assert.Equal([WeightGuard.TooLargeChange], check.Reasons);
        Assert.Equal(1, check.Change, 12);
    }

    [Fact]
    public void All_reasons_are_given_at_once() =>
        Assert.Equal([WeightGuard.AllZero, WeightGuard.TooFewRewards], WeightGuard.Check(Vector(10, 0.5, 0.5), WeightVector.Empty, Policy with { MaxChange = 1 }).Reasons);

    [Theory]
    [InlineData(0.5, 0.4)]
    [InlineData(double.NaN, 1)]
    [InlineData(1.5, -0.5)]
    public void An_unsound_vector_is_stopped(double a, double b) =>
        Assert.Contains(WeightGuard.Malformed, WeightGuard.Check(null, Vector(10, a, b), Policy).Reasons);

    private static WeightVector Vector(int rewards, params double[] weights) =>
        new([.. weights.Select((w, i) => new WeightEntry((ushort)i, $"hotkey{i}", w))], rewards);
}
