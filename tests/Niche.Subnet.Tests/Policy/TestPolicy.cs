using Niche.Subnet.Policy;

namespace Niche.Subnet.Tests.Policy;

internal static class TestPolicy
{
    public static SubnetPolicy Default { get; } = DefaultPolicy.Load();

    public static ModelPolicy Image { get; } = Default.Find("niche-scenes")!;

    public static ModelPolicy Text { get; } = Default.Find("niche-prompt-lm")!;

    public static ImageBands Bands { get; } = Image.ImageBands!;

    /// <summary>The default policy with two picture models "a" and "b" of these shares.</summary>
    public static SubnetPolicy TwoModels(double a, double b, WeightPolicy? weights = null) => Default with
    {
        Models = [Model("a", a), Model("b", b)],
        Weights = weights ?? Default.Weights,
    };

    public static ModelPolicy Model(string name, double share) =>
        Image with { Name = name, EmissionShares = [new SharePoint(DateTimeOffset.UnixEpoch, share)] };
}
