namespace Niche.Subnet.Verification;

/// <summary>What the trusted endpoint measures on a picture (<c>POST /features</c>): enough to compare two pictures without keeping them.</summary>
/// <param name="Width">Pixels.</param>
/// <param name="Height">Pixels.</param>
/// <param name="Embedding">Image embedding of the dual encoder, unit length.</param>
/// <param name="Latent">VAE latent mean, channel-major.</param>
/// <param name="Grid">32x32 RGB area means, row-major, 3,072 bytes.</param>
/// <param name="DHash">64-bit difference hash.</param>
/// <param name="PHash">64-bit perceptual (DCT) hash.</param>
/// <param name="TextSimilarity">Cosine of the picture and the prompt, when a prompt was sent along.</param>
public sealed record ImageFeatures(
    int Width,
    int Height,
    float[] Embedding,
    float[] Latent,
    byte[] Grid,
    ulong DHash,
    ulong PHash,
    double? TextSimilarity = null)
{
    /// <summary>Length of <see cref="Grid"/>.</summary>
    public const int GridLength = 32 * 32 * 3;
}
