using Niche.Inference.Diffusion;
using Niche.Inference.Images;

namespace Niche.Inference.Embeddings;

/// <summary>Takes the features of picture files. Uses, but does not own, its two models.</summary>
/// <param name="dual">Dual encoder.</param>
/// <param name="vae">VAE encoder of the image model.</param>
/// <param name="limits">What a file from outside may cost.</param>
public sealed class FeatureExtractor(DualEncoder dual, VaeEncoder vae, ImageLimits limits)
{
    private const int LatentSide = 128;
    private const int GridSide = 32;

    /// <summary>Decodes a file and takes its features.</summary>
    /// <param name="file">PNG, JPEG or WebP.</param>
    /// <param name="cancellation">Stops inside the graphs.</param>
    /// <exception cref="ImageException">The file is not accepted.</exception>
    public ImageFeatures Extract(ReadOnlySpan<byte> file, CancellationToken cancellation)
    {
        var (format, image) = ImageFile.Decode(file, limits);
        return Extract(format, image, cancellation);
    }

    /// <summary>Takes the features of a decoded picture.</summary>
    /// <param name="format">Format it came in.</param>
    /// <param name="image">The pixels.</param>
    /// <param name="cancellation">Stops inside the graphs.</param>
    public ImageFeatures Extract(ImageFileFormat format, RgbImage image, CancellationToken cancellation) => new(
        format,
        image.Width,
        image.Height,
        dual.EmbedImage(image, cancellation),
        vae.Encode(AreaResampler.Resize(image, LatentSide, LatentSide), cancellation),
        AreaResampler.Resize(image, GridSide, GridSide).Pixels,
        PerceptualHash.Difference(image),
        PerceptualHash.Cosine(image));

    /// <summary>Cosine between a picture's embedding and a text.</summary>
    /// <param name="features">Features of the picture.</param>
    /// <param name="text">The text.</param>
    /// <param name="cancellation">Stops inside the graph.</param>
    public double TextSimilarity(ImageFeatures features, string text, CancellationToken cancellation) =>
        FeatureDistance.Cosine(features.Embedding, dual.EmbedText(text, cancellation));
}
