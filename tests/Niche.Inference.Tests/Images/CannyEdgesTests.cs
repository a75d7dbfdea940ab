using CsCheck;
using Niche.Inference.Images;

namespace Niche.Inference.Tests.Images;

public sealed class CannyEdgesTests
{
    [Fact]
    public void The_edge_of_a_square_is_one_pixel_wide_and_closed()
    {
        var edges = CannyEdges.Find(Painted(20, 20, (x, y) => x is >= 5 and < 15 && y is >= 5 and < 15 ? (byte)200 : (byte)20), 100, 200);

        var rows = Enumerable.Range(0, 20).Select(y => string.Concat(Enumerable.Range(0, 20).Select(x => edges.Pixels[3 * ((y * 20) + x)] == 255 ? '#' : '.'))).ToArray();
        Assert.All(rows[7..13], row => Assert.Equal(2, row.Count(c => c == '#')));
        Assert.All(rows[..4].Concat(rows[16..]), row => Assert.DoesNotContain('#', row));
        Assert.All(Enumerable.Range(7, 6), x => Assert.Equal(2, rows.Count(row => row[x] == '#')));
    }

    [Fact]
    public void A_weak_edge_counts_only_where_it_hangs_together_with_a_strong_one()
    {
        // A step that fades from strong to weak downwards, and one that is weak all along.
        var image = Painted(30, 20, (x, y) => x < 8 ? (byte)0 : x < 20 ? (byte)(80 - (2 * y)) : (byte)(80 - (2 * y) + 35));

        var edges = CannyEdges.Find(image, 100, 250);

        for (var y = 1; y < 19; y++)
        {
            Assert.Contains(Enumerable.Range(0, 30), x => x is 7 or 8 && edges.Pixels[3 * ((y * 30) + x)] == 255);
            Assert.DoesNotContain(Enumerable.Range(0, 30), x => x > 15 && edges.Pixels[3 * ((y * 30) + x)] == 255);
        }
    }

    [Fact]
    public void A_change_of_one_colour_alone_is_an_edge()
    {
        var image = new RgbImage(8, 8, [.. Enumerable.Range(0, 64).SelectMany(i => new byte[] { 90, 90, (byte)(i % 8 < 4 ? 0 : 255) })]);

        Assert.Contains((byte)255, CannyEdges.Find(image, 100, 200).Pixels);
    }

    [Fact]
    public void Any_picture_becomes_black_and_white_and_a_flat_one_black() => Gen.Select(Gen.Int[1, 9], Gen.Int[1, 9], Gen.Int[0, 2040], Gen.Int[0, 300]).SelectMany(
        (w, h, low, more) => Gen.Byte.Array[3 * w * h].Select(pixels => (Image: new RgbImage(w, h, pixels), low, more))).Sample(one =>
        {
            var edges = CannyEdges.Find(one.Image, one.low, one.low + one.more);
            var strict = CannyEdges.Find(one.Image, one.low + one.more, one.low + one.more);
            return edges.Pixels.Chunk(3).All(pixel => pixel is [0, 0, 0] or [255, 255, 255])
                && strict.Pixels.Zip(edges.Pixels, (s, e) => s <= e).All(fewer => fewer)
                && CannyEdges.Find(one.Image with { Pixels = Enumerable.Repeat((byte)one.low, one.Image.Pixels.Length).ToArray() }, 0, 0).Pixels.All(pixel => pixel == 0);
        }, iter: 300);

    private static RgbImage Painted(int width, int height, Func<int, int, byte> grey) =>
        new(width, height, [.. Enumerable.Range(0, width * height).SelectMany(i => Enumerable.Repeat(grey(i % width, i / width), 3))]);
}
