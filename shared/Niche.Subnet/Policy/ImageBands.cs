namespace Niche.Subnet.Policy;

/// <summary>
/// Limits for judging a picture against the trusted endpoint's rerun of the same request. An honest rerun must be inside
/// <see cref="GridMax"/>, <see cref="LatentMax"/> and <see cref="HashMax"/> together. They hold for a lossless answer (PNG, which is what we ask
/// for): a JPEG of an honest picture is as far from it as half the steps are.
/// </summary>
/// <param name="GridMax">Largest mean absolute difference (0..255) of the 32x32 RGB grids that counts as the same picture.</param>
/// <param name="LatentMax">Largest relative L2 distance of the VAE latents, |a-b|/|a|, that counts as the same picture.</param>
/// <param name="HashMax">Largest Hamming distance (0..64) of dHash and of pHash that counts as the same picture.</param>
/// <param name="SettingsLatentMax">Up to this latent distance (with the embedding close) the picture comes from the same seed but other
/// settings, for example fewer steps; above it from another seed. Names the reason only, never turns a verdict.</param>
/// <param name="EmbeddingMin">Cosine of the image embeddings below which another thing was painted. Names the reason only.</param>
/// <param name="TextSimilarityMin">Cosine of picture and prompt below which the picture is refused without a rerun.</param>
/// <param name="TextSimilaritySure">Cosine of picture and prompt from which an organic picture is delivered without a rerun; between
/// the two the rerun decides, because a prompt outside the model's world may give an honest picture that looks unlike it.</param>
/// <param name="MinDeviation">Standard deviation of the grid (0..255) below which the picture is blank.</param>
/// <param name="MaxBytes">Largest accepted picture file.</param>
public sealed record ImageBands(
    double GridMax,
    double LatentMax,
    int HashMax,
    double SettingsLatentMax,
    double EmbeddingMin,
    double TextSimilarityMin,
    double TextSimilaritySure,
    double MinDeviation,
    int MaxBytes);
