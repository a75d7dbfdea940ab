using Niche.Subnet.Verification;

namespace Niche.Validator.Trusted;

/// <summary>All that determines a picture, bit for bit on one machine.</summary>
/// <param name="Model">Model name.</param>
/// <param name="Prompt">What to paint.</param>
/// <param name="NegativePrompt">What not to paint; empty when none.</param>
/// <param name="Seed">0 to 2^32-1.</param>
/// <param name="Width">Pixels.</param>
/// <param name="Height">Pixels.</param>
/// <param name="Steps">Denoising steps.</param>
/// <param name="Guidance">Classifier-free guidance scale.</param>
public sealed record ImageRecipe(string Model, string Prompt, string NegativePrompt, long Seed, int Width, int Height, int Steps, double Guidance)
{
    /// <summary>The picture to start from; null when it starts from noise.</summary>
    public GivenPicture? Given { get; init; }

    /// <summary>Digest of what decides the noise: pictures of two recipes that share it may rightly look alike.</summary>
    public string NoiseDigest() => Given is null
        ? ReplayRule.NoiseDigest(Model, Seed, Width, Height)
        : ReplayRule.NoiseDigest($"{Model}/{Given.Sha256}", 0, Width, Height); // What little strength leaves of one picture looks alike from every seed.
}
