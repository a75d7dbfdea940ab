using CsCheck;
using Niche.Subnet.Capacity;
using Niche.Subnet.Policy;

namespace Niche.Subnet.Tests.Capacity;

public sealed class VolumeSharesTests
{
    private static readonly CapacityPolicy Policy = new();

    private static readonly Gen<ValidatorStake[]> Validators =
        Gen.Double[0, 2e6].Array[1, 40].Select(stakes => stakes.Select((s, i) => new ValidatorStake($"validator{i}", s)).ToArray());

    // Recomputed from the reference's formula: stakes 15 k, 600 k and 1 M.
    [Theory]
    [InlineData(100, 2, 36, 62)]
    [InlineData(256, 2, 94, 159)]
    [InlineData(40, 2, 14, 24)]
    public void The_reference_examples_hold(int volume, int small, int middle, int large)
    {
        var shares = VolumeShares.Split(volume, [new("a", 15_000), new("b", 600_000), new("c", 1_000_000), new("d", 9_999)], Policy);
        Assert.Equal((small, middle, large), (shares["a"], shares["b"], shares["c"]));
        Assert.False(shares.ContainsKey("d"));
    }

    [Fact]
    public void Volume_is_clamped_and_defaults()
    {
        Assert.Equal(256, VolumeShares.Split(1_000_000, [new("a", 20_000)], Policy)["a"]);
        Assert.Equal(40, VolumeShares.Split(1, [new("a", 20_000)], Policy)["a"]);
        Assert.Equal(40, VolumeShares.Split(null, [new("a", 20_000)], Policy)["a"]);
    }

    [Fact]
    public void Without_a_qualified_validator_all_get_the_same() =>
        Assert.Equal([10, 10, 10, 10], VolumeShares.Split(40, [new("a", 0), new("b", 1), new("c", 2), new("d", 3)], Policy).Values);

    [Fact]
    public void Nobody_gets_nothing_from_nobody() => Assert.Empty(VolumeShares.Split(40, [], Policy));

    [Fact]
    public void Shares_grow_with_stake_and_never_exceed_the_volume_but_by_the_minimum() => Validators.Sample(validators =>
    {
        var shares = VolumeShares.Split(256, validators, Policy);
        var qualified = validators.Where(v => v.Stake >= Policy.MinStake).OrderBy(v => v.Stake).ToArray();
        if (qualified.Length == 0) return shares.Values.Sum() <= 256;
        var ordered = qualified.Select(v => shares[v.Hotkey]).ToArray();
        return shares.Count == qualified.Length && ordered.SequenceEqual(ordered.Order()) && ordered[0] >= 2
            && shares.Values.Where(s => s > 2).Sum() <= 256;
    });

    [Fact]
    public void The_order_of_validators_does_not_matter() => Validators.Sample(validators =>
    {
        var forward = VolumeShares.Split(100, validators, Policy);
        var backward = VolumeShares.Split(100, [.. validators.Reverse()], Policy);
        return validators.All(v => forward.GetValueOrDefault(v.Hotkey) == backward.GetValueOrDefault(v.Hotkey));
    });
}
