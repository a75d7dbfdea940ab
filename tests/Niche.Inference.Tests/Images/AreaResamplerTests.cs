using CsCheck;
using Niche.Inference.Images;

namespace Niche.Inference.Tests.Images;

public sealed class AreaResamplerTests
{
    [Fact]
    public void Whole_ratios_give_the_mean_of_the_block()
    {
        var image = ImageFileTests.Gradient(128);

        var small = AreaResampler.Resize(image, 32, 32);

        for (var i = 0; i < 32 * 32; i++)
        {
            var sum = 0;
            for (var y = 0; y < 4; y++)
            {
                for (var x = 0; x < 4; x++) sum += image.Pixels[3 * (((((i / 32) * 4) + y) * 128) + ((i % 32) * 4) + x)];
            }
            Assert.Equal(sum / 16.0, small.Pixels[3 * i], 0.5001);
        }
    }

    [Fact]
    public void One_colour_stays_that_colour_at_any_size() =>
        Gen.Select(Gen.Byte, Gen.Int[1, 50], Gen.Int[1, 50], Gen.Int[1, 50], Gen.Int[1, 50]).Sample((value, w, h, newW, newH) =>
        {
            var image = new RgbImage(w, h, [.. Enumerable.Repeat(value, 3 * w * h)]);
            Assert.All(AreaResampler.Resize(image, newW, newH).Pixels, p => Assert.Equal(value, p));
        });

    [Fact]
    public void The_mean_is_kept() => Gen.Byte.Array[3 * 30 * 20].Sample(pixels =>
    {
        var small = AreaResampler.Resize(new RgbImage(30, 20, pixels), 7, 9);
        Assert.Equal(pixels.Average(p => p), small.Pixels.Average(p => p), 0.6);
    }, iter: 50);
}
