using CsCheck;
using Niche.Inference.Schedulers;

namespace Niche.Inference.Tests.Schedulers;

/// <summary>Held against the shapes whose distribution has a closed form.</summary>
public sealed class BetaQuantileTests
{
    [Fact]
    public void Shape_one_is_uniform() => Gen.Double[0, 1].Sample(share => Assert.Equal(share, BetaQuantile.Of(share, 1), 1e-9));

    [Fact]
    public void Shape_one_half_is_the_arcsine_distribution() => Gen.Double[0, 1].Sample(share =>
        Assert.Equal(Math.Pow(Math.Sin(Math.PI * share / 2), 2), BetaQuantile.Of(share, 0.5), 1e-9));

    [Fact]
    public void Shape_two_is_a_cubic() => Gen.Double[0, 1].Sample(share =>
    {
        var x = BetaQuantile.Of(share, 2);
        Assert.Equal(share, (3 * x * x) - (2 * x * x * x), 1e-9);
    });

    [Fact]
    public void Ends_and_middle_stay_where_they_are()
    {
        Assert.Equal((0.0, 1.0), (BetaQuantile.Of(0, 0.6), BetaQuantile.Of(1, 0.6)));
        Assert.Equal(0.5, BetaQuantile.Of(0.5, 0.6), 1e-12);
    }
}
