using Niche.Inference.Images;

namespace Niche.Inference.Embeddings;

/// <summary>What a verifier compares of a picture, from coarse to fine.</summary>
/// <param name="Format">Format of the file.</param>
/// <param name="Width">Pixels from left to right.</param>
/// <param name="Height">Pixels from top to bottom.</param>
/// <param name="Embedding">Unit vector of the dual encoder: what is shown.</param>
/// <param name="Latent">Mean of the VAE encoder [4, 16, 16] for the picture at 128 x 128: how it is painted.</param>
/// <param name="Grid">The picture at 32 x 32, R, G, B per pixel: where which colour is.</param>
/// <param name="DifferenceHash">Difference hash.</param>
/// <param name="CosineHash">DCT hash.</param>
public sealed record ImageFeatures(
    ImageFileFormat Format, int Width, int Height, float[] Embedding, float[] Latent, byte[] Grid, ulong DifferenceHash, ulong CosineHash);
