using CsCheck;
using Niche.Inference.Images;

namespace Niche.Inference.Tests.Images;

/// <summary>Against scikit-image (<c>Fixtures/make_ssim.py</c>).</summary>
public sealed class StructuralSimilarityTests
{
    [Theory]
    [InlineData(11, 11, 0.992310348, 0.994439998, -0.512771994)]
    [InlineData(40, 23, 0.524519339, 0.997351903, -0.708519113)]
    [InlineData(64, 64, 0.447679843, 0.997107518, -0.810507654)]
    public void It_is_what_another_implementation_finds(int width, int height, double wider, double brighter, double negative)
    {
        var first = Picture(width, height, 3);

        Assert.Equal(1, StructuralSimilarity.Mean(first, first), 1e-12);
        Assert.Equal(wider, StructuralSimilarity.Mean(first, Picture(width, height, 4)), 1e-8);
        Assert.Equal(brighter, StructuralSimilarity.Mean(first, Changed(first, value => Math.Min(value + 9, 255))), 1e-8);
        Assert.Equal(negative, StructuralSimilarity.Mean(first, Changed(first, value => 255 - value)), 1e-8);
    }

    [Fact]
    public void It_is_symmetric_and_never_above_one() => Gen.Select(Gen.Byte.Array[3 * 13 * 12], Gen.Byte.Array[3 * 13 * 12]).Sample((a, b) =>
    {
        var (x, y) = (new RgbImage(13, 12, a), new RgbImage(13, 12, b));
        var similarity = StructuralSimilarity.Mean(x, y);
        return similarity is >= -1 and <= 1 && Math.Abs(similarity - StructuralSimilarity.Mean(y, x)) < 1e-12;
    }, iter: 200);

    [Fact]
    public void Sizes_that_do_not_fit_are_refused()
    {
        Assert.Throws<ArgumentException>(() => StructuralSimilarity.Mean(Picture(12, 12, 3), Picture(12, 13, 3)));
        Assert.Throws<ArgumentException>(() => StructuralSimilarity.Mean(Picture(10, 40, 3), Picture(10, 40, 3)));
    }

    private static RgbImage Picture(int width, int height, int across) => new(width, height, [.. Enumerable.Range(0, width * height)
        .SelectMany(i => Enumerable.Range(0, 3).Select(c => (byte)(((i % width * across) + (i / width * 5) + (c * 40) + (i % width * (i / width) / 3)) % 256)))]);

    private static RgbImage Changed(RgbImage image, Func<int, int> change) => image with { Pixels = [.. image.Pixels.Select(value => (byte)change(value))] };
}
