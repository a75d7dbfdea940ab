using Niche.Subnet.Policy;

namespace Niche.Subnet.Verification;

/// <summary>
/// Judges a picture against the trusted endpoint's own rerun of the same request. The embedding tells what was painted but not how (8 steps
/// against 20: cosine .999), so sameness is decided by pixels, latents and hashes together, and the embedding only names the reason.
/// </summary>
public static class ImageVerifier
{
    /// <summary>The verdict with every distance as evidence: <c>grid</c>, <c>latent</c>, <c>dhash</c>, <c>phash</c>, <c>embedding</c>.</summary>
    public static Verdict Compare(ImageFeatures reference, ImageFeatures candidate, ImageBands bands)
    {
        if (reference.Width != candidate.Width || reference.Height != candidate.Height)
            return Verdict.Of(VerdictOutcome.Invalid, ReasonCodes.WrongSize);
        if (!ImageDistances.TryMeasure(reference, candidate, out var d))
            return Verdict.Of(VerdictOutcome.Unverified, ReasonCodes.FeatureMismatch);

        var excess = Math.Max(
            Math.Max(Ratio(d.Grid, bands.GridMax), Ratio(d.Latent, bands.LatentMax)),
            Math.Max(Ratio(d.DHash, bands.HashMax), Ratio(d.PHash, bands.HashMax)));
        var same = excess <= 1;
        return Verdict.Of(
            same ? VerdictOutcome.Verified : VerdictOutcome.Wrong,
            same ? ReasonCodes.Match : Difference(d, bands),
            same ? 1 : 1 / excess,
            ("grid", d.Grid), ("latent", d.Latent), ("dhash", d.DHash), ("phash", d.PHash), ("embedding", d.Embedding));
    }

    private static string Difference(ImageDistances d, ImageBands bands)
    {
        if (d.Embedding < bands.EmbeddingMin) return ReasonCodes.OtherContent;
        return d.Latent <= bands.SettingsLatentMax ? ReasonCodes.OtherSettings : ReasonCodes.OtherSeed;
    }

    private static double Ratio(double distance, double limit) =>
        distance <= limit ? 0 : limit > 0 ? distance / limit : double.PositiveInfinity;
}
