using Niche.Inference.Embeddings;
using Niche.Inference.Images;

namespace Niche.Inference.Tests.Embeddings;

public sealed class FeatureExtractorTests(DemoModels models)
{
    private const string Prompt = "a red house in the mountains at night with a full moon";

    [Fact]
    public void Features_have_their_shapes_and_repeat()
    {
        var file = ImageFile.EncodePng(models.Paint(Prompt).Image);

        var (a, b) = (Extract(file), Extract(file));

        Assert.Equal((128, 128, ImageFileFormat.Png), (a.Width, a.Height, a.Format));
        Assert.Equal(128, a.Embedding.Length);
        Assert.Equal(1, Math.Sqrt(a.Embedding.Sum(v => (double)v * v)), 1e-3);
        Assert.Equal(4 * 16 * 16, a.Latent.Length);
        Assert.Equal(32 * 32 * 3, a.Grid.Length);
        Assert.Equal(a.Embedding, b.Embedding);
        Assert.Equal(a.Latent, b.Latent);
        Assert.Equal(0, FeatureDistance.Grid(a.Grid, b.Grid));
    }

    [Fact]
    public void Pixels_and_latents_tell_half_the_steps_from_an_honest_picture()
    {
        var reference = Extract(ImageFile.EncodePng(models.Paint(Prompt).Image));
        var honest = Extract(ImageFile.EncodePng(models.Paint(Prompt).Image));
        var half = Extract(ImageFile.EncodePng(models.Paint(Prompt, steps: 10).Image));

        Assert.True(FeatureDistance.Cosine(reference.Embedding, half.Embedding) > 0.99, "the embedding alone can not tell");
        Assert.Equal(0, FeatureDistance.Grid(reference.Grid, honest.Grid));
        Assert.Equal(0, FeatureDistance.Latent(reference.Latent, honest.Latent));
        Assert.True(FeatureDistance.Grid(reference.Grid, half.Grid) > 0.2);
        Assert.True(FeatureDistance.Latent(reference.Latent, half.Latent) > 0.01);
    }

    [Fact]
    public void A_jpeg_is_nearer_to_the_picture_of_its_own_step_count()
    {
        var (whole, half) = (models.Paint(Prompt).Image, models.Paint(Prompt, steps: 10).Image);
        var (reference, halfReference) = (Extract(ImageFile.EncodePng(whole)), Extract(ImageFile.EncodePng(half)));

        foreach (var (image, near, far) in new[] { (whole, reference, halfReference), (half, halfReference, reference) })
        {
            var jpeg = Extract(ImageFile.EncodeJpeg(image));
            Assert.True(FeatureDistance.Latent(near.Latent, jpeg.Latent) < FeatureDistance.Latent(far.Latent, jpeg.Latent));
        }
    }

    [Fact]
    public void A_picture_of_any_size_is_embedded()
    {
        var features = Extract(ImageFile.EncodePng(Black(300, 77)));

        Assert.Equal((300, 77), (features.Width, features.Height));
        Assert.All(features.Embedding, v => Assert.True(float.IsFinite(v)));
    }

    private static RgbImage Black(int width, int height) => new(width, height, new byte[3 * width * height]);

    private ImageFeatures Extract(byte[] file) => models.Features.Extract(file, TestContext.Current.CancellationToken);
}
