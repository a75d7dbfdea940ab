using Niche.Subnet.Policy;
using Niche.Subnet.Tests.Policy;
using Niche.Subnet.Verification;

namespace Niche.Subnet.Tests.Verification;

public sealed class ImageGateTests
{
    private static readonly ImageSize Asked = new(128, 128);

    [Fact]
    public void A_picture_of_the_asked_size_passes()
    {
        var result = Check(Convert.ToBase64String(Pictures.Png(128, 128)));
        Assert.True(result.Passed);
        Assert.Equal("image/png", result.File.ContentType);
        Assert.Equal(64, result.File.Sha256().Length);
    }

    [Theory]
    [InlineData(null, ReasonCodes.Empty)]
    [InlineData("  ", ReasonCodes.Empty)]
    [InlineData("data:image/png;base64,AAAA", ReasonCodes.NotBase64)]
    [InlineData("AAA", ReasonCodes.NotBase64)]
    [InlineData("AAAA", ReasonCodes.UnknownFormat)]
    public void Garbage_is_invalid_with_its_reason(string? base64, string reason) => Refused(base64, reason);

    [Fact]
    public void A_wrong_size_a_wrong_aspect_and_a_wrong_format_are_told_apart()
    {
        Refused(Convert.ToBase64String(Pictures.Png(64, 64)), ReasonCodes.WrongSize);
        Refused(Convert.ToBase64String(Pictures.Png(256, 128)), ReasonCodes.WrongAspect);
        Refused(Convert.ToBase64String(Pictures.Jpeg(128, 128)), ReasonCodes.WrongFormat);
    }

    [Fact]
    public void A_bomb_is_refused_by_its_header_and_a_flood_by_its_length()
    {
        Refused(Convert.ToBase64String(Pictures.Png(int.MaxValue, int.MaxValue)), ReasonCodes.WrongSize);
        Refused(new string('A', (TestPolicy.Bands.MaxBytes / 3 * 4) + 8), ReasonCodes.TooLarge);
    }

    [Fact]
    public void A_blank_picture_and_one_that_ignores_the_prompt_are_wrong()
    {
        var blank = Pictures.Features() with { Grid = new byte[ImageFeatures.GridLength] };
        Assert.Equal(ReasonCodes.BlankImage, ImageGate.CheckFeatures(blank, TestPolicy.Bands)!.ReasonCode);
        Assert.Equal(ReasonCodes.PromptIgnored, ImageGate.CheckFeatures(Pictures.Features(text: -0.3), TestPolicy.Bands)!.ReasonCode);
        Assert.Equal(ReasonCodes.PromptIgnored, ImageGate.CheckFeatures(Pictures.Features(text: double.NaN), TestPolicy.Bands)!.ReasonCode);
        Assert.Null(ImageGate.CheckFeatures(Pictures.Features(text: 0.8), TestPolicy.Bands));
        Assert.Null(ImageGate.CheckFeatures(Pictures.Features(), TestPolicy.Bands));
    }

    [Fact]
    public void A_picture_that_is_not_surely_the_prompts_needs_a_rerun()
    {
        Assert.False(ImageGate.NeedsRerun(Pictures.Features(text: 0.7), TestPolicy.Bands));
        Assert.True(ImageGate.NeedsRerun(Pictures.Features(text: 0.1), TestPolicy.Bands));
        Assert.True(ImageGate.NeedsRerun(Pictures.Features(), TestPolicy.Bands));
    }

    private static ImageGateResult Check(string? base64) => ImageGate.Check(base64, Asked, TestPolicy.Bands);

    private static void Refused(string? base64, string reason)
    {
        var result = Check(base64);
        Assert.False(result.Passed);
        Assert.Equal((VerdictOutcome.Invalid, reason), (result.Verdict.Outcome, result.Verdict.ReasonCode));
    }
}
