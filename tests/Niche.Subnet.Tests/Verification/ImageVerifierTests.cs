using CsCheck;
using Niche.Subnet.Policy;
using Niche.Subnet.Tests.Policy;
using Niche.Subnet.Verification;

namespace Niche.Subnet.Tests.Verification;

/// <summary>Arrays of known distance (see <see cref="Pictures"/>): here the decision is tested; where the bands lie is the calibration's business.</summary>
public sealed class ImageVerifierTests
{
    private static readonly ImageFeatures Reference = Pictures.Features();
    private static readonly ImageBands Bands = new(2, 0.15, 8, 0.43, 0.5, -0.1, 0.4, 3, 1 << 20);

    [Fact]
    public void The_same_picture_is_verified_with_all_distances_zero()
    {
        var verdict = Compare(Pictures.Features());
        Assert.Equal((VerdictOutcome.Verified, ReasonCodes.Match, 1d), (verdict.Outcome, verdict.ReasonCode, verdict.Similarity));
        Assert.Equal(["dhash", "embedding", "grid", "latent", "phash"], verdict.Evidence.Keys);
        Assert.Equal((0d, 0d, 1d), (verdict.Evidence["grid"], verdict.Evidence["latent"], verdict.Evidence["embedding"]));
    }

    [Fact]
    public void Small_differences_between_machines_are_verified() =>
        Assert.True(Compare(Pictures.Features(gridOffset: 1, latentOffset: 0.1f, hash: 0xff)).IsVerified);

    [Fact]
    public void Same_seed_with_other_settings_is_wrong_although_the_embedding_agrees()
    {
        var verdict = Compare(Pictures.Features(gridOffset: 5, latentOffset: 0.3f, turn: 0.04f));
        Assert.True(verdict.Evidence["embedding"] > 0.999);
        Assert.Equal((VerdictOutcome.Wrong, ReasonCodes.OtherSettings), (verdict.Outcome, verdict.ReasonCode));
        Assert.Equal(0.4, verdict.Similarity, 6);
    }

    [Fact]
    public void Another_seed_and_another_content_are_named()
    {
        Assert.Equal(ReasonCodes.OtherSeed, Compare(Pictures.Features(gridOffset: 30, latentOffset: 0.8f, turn: 0.4f)).ReasonCode);
        Assert.Equal(ReasonCodes.OtherContent, Compare(Pictures.Features(gridOffset: 30, turn: 1.5f)).ReasonCode);
    }

    [Theory]
    [InlineData(3, 0, 0ul)]
    [InlineData(0, 0.2f, 0ul)]
    [InlineData(0, 0, 0x1fful)]
    public void One_distance_outside_its_band_is_enough(int grid, float latent, ulong hash) =>
        Assert.Equal(VerdictOutcome.Wrong, Compare(Pictures.Features(grid, latent, hash: hash)).Outcome);

    [Fact]
    public void More_distance_never_gives_more_similarity() =>
        Gen.Select(Gen.Int[0, 60], Gen.Int[0, 60]).Sample((a, b) =>
            Compare(Pictures.Features(Math.Min(a, b))).Similarity >= Compare(Pictures.Features(Math.Max(a, b))).Similarity);

    [Fact]
    public void Features_that_cannot_be_compared_judge_nobody()
    {
        Assert.Equal(VerdictOutcome.Unverified, Compare(Reference with { Latent = [1] }).Outcome);
        Assert.Equal(VerdictOutcome.Unverified, Compare(Reference with { Grid = [] }).Outcome);
        Assert.Equal(VerdictOutcome.Unverified, Compare(Reference with { Embedding = [float.NaN, 0] }).Outcome);
        Assert.Equal(ReasonCodes.WrongSize, Compare(Reference with { Width = 64 }).ReasonCode);
    }

    private static Verdict Compare(ImageFeatures candidate) => ImageVerifier.Compare(Reference, candidate, Bands);
}
