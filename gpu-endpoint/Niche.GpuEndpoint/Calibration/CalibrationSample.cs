using Niche.Inference.Embeddings;

namespace Niche.GpuEndpoint.Calibration;

/// <summary>How far one picture lies from its honest reference.</summary>
/// <param name="Grid">Mean absolute difference of the 32 x 32 grids, 0 to 255.</param>
/// <param name="Structure">Structural similarity of the grids.</param>
/// <param name="Latent">Euclidean distance of the latents, relative to the reference.</param>
/// <param name="Cosine">Cosine of the embeddings.</param>
/// <param name="DifferenceHash">Differing bits of the difference hash.</param>
/// <param name="CosineHash">Differing bits of the DCT hash.</param>
internal sealed record CalibrationSample(double Grid, double Structure, double Latent, double Cosine, int DifferenceHash, int CosineHash)
{
    public static CalibrationSample Between(ImageFeatures reference, ImageFeatures other) => new(
        FeatureDistance.Grid(reference.Grid, other.Grid),
        FeatureDistance.Structure(reference.Grid, other.Grid),
        FeatureDistance.Latent(reference.Latent, other.Latent),
        FeatureDistance.Cosine(reference.Embedding, other.Embedding),
        FeatureDistance.Hamming(reference.DifferenceHash, other.DifferenceHash),
        FeatureDistance.Hamming(reference.CosineHash, other.CosineHash));
}
