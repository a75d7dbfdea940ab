namespace Niche.GpuEndpoint.Routes;

/// <summary>Answer of <c>POST /features</c>.</summary>
/// <param name="Format"><c>png</c>, <c>jpeg</c> or <c>webp</c>.</param>
/// <param name="Width">Pixels.</param>
/// <param name="Height">Pixels.</param>
/// <param name="Embedding">Unit vector of the dual encoder.</param>
/// <param name="Latent">Mean of the VAE encoder, 4 x 16 x 16 little-endian float32.</param>
/// <param name="Grid">32 x 32 pixels, R, G, B.</param>
/// <param name="Dhash">Difference hash, 16 hex digits.</param>
/// <param name="Phash">DCT hash, 16 hex digits.</param>
/// <param name="TextSimilarity">Cosine to the text of the request, if it sent one.</param>
public sealed record FeaturesAnswer(
    string Format,
    int Width,
    int Height,
    float[] Embedding,
    byte[] Latent,
    byte[] Grid,
    string Dhash,
    string Phash,
    double? TextSimilarity);
