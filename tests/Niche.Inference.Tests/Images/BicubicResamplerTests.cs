using CsCheck;
using Niche.Inference.Images;

namespace Niche.Inference.Tests.Images;

public sealed class BicubicResamplerTests
{
    private static readonly Gen<RgbImage> Any = Gen.Select(Gen.Int[1, 12], Gen.Int[1, 12]).SelectMany((w, h) => Gen.Byte.Array[3 * w * h].Select(pixels => new RgbImage(w, h, pixels)));

    [Fact]
    public void Two_pixels_become_four_by_the_weights_worked_out_by_hand()
    {
        // 0.8672 and -0.0703 a quarter pixel outside, 0.8672 and 0.2266 a quarter inside, each divided by their sum.
        byte[] grey = [0, 53, 202, 255];

        var large = BicubicResampler.Resize(new RgbImage(2, 1, [0, 0, 0, 255, 255, 255]), 4, 1);

        Assert.Equal(grey.SelectMany(value => new[] { value, value, value }), large.Pixels);
    }

    [Fact]
    public void One_colour_stays_one_colour_and_its_own_size_is_left_alone() => Gen.Select(Any, Gen.Int[1, 20], Gen.Int[1, 20], Gen.Byte).Sample((image, width, height, value) =>
    {
        var flat = image with { Pixels = [.. image.Pixels.Select(_ => value)] };
        var resized = BicubicResampler.Resize(flat, width, height);
        return resized.Width == width && resized.Height == height && resized.Pixels.All(pixel => pixel == value)
            && ReferenceEquals(image, BicubicResampler.Resize(image, image.Width, image.Height));
    }, iter: 200);

    [Fact]
    public void A_picture_on_its_side_is_resized_on_its_side() => Gen.Select(Any, Gen.Int[1, 20]).Sample((image, length) =>
        Turned(BicubicResampler.Resize(image, length, image.Height)).Pixels.SequenceEqual(BicubicResampler.Resize(Turned(image), image.Height, length).Pixels), iter: 200);

    private static RgbImage Turned(RgbImage image) => new(image.Height, image.Width, [.. Enumerable.Range(0, image.Width)
        .SelectMany(x => Enumerable.Range(0, image.Height).SelectMany(y => image.Pixels.AsSpan(3 * ((y * image.Width) + x), 3).ToArray()))]);
}
