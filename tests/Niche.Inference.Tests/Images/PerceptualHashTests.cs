using Niche.Inference.Embeddings;
using Niche.Inference.Images;

namespace Niche.Inference.Tests.Images;

public sealed class PerceptualHashTests(DemoModels models)
{
    [Fact]
    public void Hashes_survive_jpeg_and_scaling_and_tell_pictures_apart()
    {
        var house = models.Paint("a red house in the mountains at night with a full moon").Image;
        var balloon = models.Paint("a yellow hot air balloon over the desert at dawn").Image;
        var jpeg = ImageFile.Decode(ImageFile.EncodeJpeg(house, 80), new ImageLimits()).Image;
        var small = AreaResampler.Resize(house, 96, 96);

        foreach (var hash in new Func<RgbImage, ulong>[] { PerceptualHash.Difference, PerceptualHash.Cosine })
        {
            Assert.True(FeatureDistance.Hamming(hash(house), hash(jpeg)) <= 8);
            Assert.True(FeatureDistance.Hamming(hash(house), hash(small)) <= 8);
            Assert.True(FeatureDistance.Hamming(hash(house), hash(balloon)) >= 16);
        }
    }

    [Fact]
    public void The_difference_hash_reads_left_to_right_and_top_to_bottom()
    {
        // Falling brightness in the top row of cells only: the first eight bits.
        var pixels = new byte[9 * 8 * 3];
        for (var x = 0; x < 9; x++) pixels.AsSpan(3 * x, 3).Fill((byte)(200 - (20 * x)));

        Assert.Equal(0xff00000000000000ul, PerceptualHash.Difference(new RgbImage(9, 8, pixels)));
    }
}
