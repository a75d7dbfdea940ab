using System.Text.Json;
using Niche.Subnet.Tests.Policy;
using Niche.Subnet.Verification;

namespace Niche.Subnet.Tests.Verification;

/// <summary>The demo policy's bands on features of real pictures (data/README.md says how they were made).</summary>
public sealed class DemoModelVerdictTests
{
    public static TheoryData<int> Prompts => [0, 1];

    [Theory]
    [MemberData(nameof(Prompts))]
    public void An_honest_rerun_is_verified_and_follows_the_prompt(int prompt)
    {
        Assert.True(Compare(prompt, "rerun").IsVerified);
        Assert.Null(ImageGate.CheckFeatures(Load(prompt, "rerun"), TestPolicy.Bands));
        Assert.False(ImageGate.NeedsRerun(Load(prompt, "rerun"), TestPolicy.Bands));
    }

    [Theory]
    [MemberData(nameof(Prompts))]
    public void Half_the_steps_are_caught_although_the_embedding_hardly_moves(int prompt)
    {
        var verdict = Compare(prompt, "ten_steps");
        Assert.Equal((VerdictOutcome.Wrong, ReasonCodes.OtherSettings), (verdict.Outcome, verdict.ReasonCode));
        Assert.True(verdict.Evidence["embedding"] > 0.99);
    }

    [Theory]
    [MemberData(nameof(Prompts))]
    public void Another_guidance_is_caught(int prompt) => Assert.Equal(ReasonCodes.OtherSettings, Compare(prompt, "guidance_3").ReasonCode);

    [Theory]
    [MemberData(nameof(Prompts))]
    public void Another_seed_is_caught_and_told_from_fewer_steps(int prompt) => Assert.Equal(ReasonCodes.OtherSeed, Compare(prompt, "other_seed").ReasonCode);

    [Theory]
    [MemberData(nameof(Prompts))]
    public void Another_prompts_picture_is_caught_and_needs_a_rerun_at_least(int prompt)
    {
        Assert.Equal(ReasonCodes.OtherContent, Compare(prompt, "other_prompt").ReasonCode);
        Assert.True(ImageGate.NeedsRerun(Load(prompt, "other_prompt"), TestPolicy.Bands));
    }

    private static Verdict Compare(int prompt, string candidate) => ImageVerifier.Compare(Load(prompt, "reference"), Load(prompt, candidate), TestPolicy.Bands);

    private static ImageFeatures Load(int prompt, string picture)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Verification", "data", "niche-scenes-features.json")));
        return ImageFeaturesReader.Read(document.RootElement[prompt].GetProperty("pictures").GetProperty(picture))!;
    }
}
