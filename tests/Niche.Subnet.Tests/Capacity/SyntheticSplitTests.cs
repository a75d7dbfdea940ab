using CsCheck;
using Niche.Subnet.Capacity;

namespace Niche.Subnet.Tests.Capacity;

public sealed class SyntheticSplitTests
{
    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(2, 1, 1)]
    [InlineData(3, 2, 1)]
    [InlineData(4, 2, 2)]
    [InlineData(5, 3, 2)]
    [InlineData(10, 7, 3)]
    [InlineData(20, 15, 5)]
    [InlineData(32, 24, 8)]
    [InlineData(40, 31, 9)]
    [InlineData(100, 79, 21)]
    [InlineData(256, 203, 53)]
    public void The_reference_examples_hold(int share, int synthetic, int organic) =>
        Assert.Equal(new SyntheticSplit(synthetic, organic), SyntheticSplit.Of(share));

    [Fact]
    public void The_parts_are_the_whole_and_at_least_one_is_synthetic() =>
        Gen.Select(Gen.Int[1, 100_000], Gen.Double[0, 1]).Sample((share, part) =>
        {
            var split = SyntheticSplit.Of(share, part);
            return split.Synthetic + split.Organic == share && split.Synthetic >= 1 && split.Organic >= 0;
        });
}
