using Niche.Inference.Diffusion;
using Niche.Inference.Images;
using Niche.Inference.Models;

namespace Niche.Inference.Tests.Diffusion;

/// <summary>From a picture to a picture, whole or in part.</summary>
public sealed class GivenPictureTests(TinyFamilies families, DemoModels demo)
{
    private const string Prompt = "a red lighthouse by the sea at night";

    public static TheoryData<string> All() => [.. TinyFamilies.Names().Select(row => row.Data).Where(name => !FamilyTests.NeedsPicture(name))];

    [Theory]
    [MemberData(nameof(All))]
    public async Task The_given_picture_and_the_strength_count(string family)
    {
        var pipeline = await families.GetAsync(family);
        var request = FamilyTests.Request(family, "a red house") with { Steps = 8, Image = Pictures.Gradient(96, 64), Strength = 0.5 };
        var one = FamilyTests.Paint(pipeline, request);

        Assert.Equal(one.Pixels, FamilyTests.Paint(pipeline, request).Pixels);
        Assert.NotEqual(one.Pixels, FamilyTests.Paint(pipeline, request with { Image = null }).Pixels);
        Assert.NotEqual(one.Pixels, FamilyTests.Paint(pipeline, request with { Strength = 0.75 }).Pixels);
    }

    [Fact]
    public void Little_strength_keeps_the_picture_and_much_forgets_it()
    {
        var given = demo.Paint("a blue boat on a lake at sunset", seed: 3).Image;
        RgbImage At(double strength) => demo.Pipeline.Generate(
            new DiffusionRequest(Prompt, "", 7, 20, 4, 128, 128) { Image = given, Strength = strength }, null, CancellationToken.None).Image;

        var (little, half, much) = (Pictures.Distance(given, At(0.1)), Pictures.Distance(given, At(0.5)), Pictures.Distance(given, At(1)));

        Assert.True(little < half && half < much, $"{little:F1}, {half:F1}, {much:F1}");
        Assert.True(little < 15, $"The picture moved by {little:F1} although only a tenth was to be painted anew.");
    }

    [Fact]
    public void A_picture_begun_from_its_own_noise_steps_less()
    {
        var seen = new List<DiffusionProgress>();
        var request = new DiffusionRequest(Prompt, "", 7, 20, 4, 128, 128) { Image = Pictures.Gradient(128, 128), Strength = 0.25 };

        demo.Pipeline.Generate(request, new Steps(seen), CancellationToken.None);

        Assert.Equal([1, 2, 3, 4, 5], seen.Select(step => step.Step));
        Assert.All(seen, step => Assert.Equal(5, step.Total));
    }

    [Theory]
    [InlineData(1.0)]
    [InlineData(0.6)]
    public void Only_what_the_mask_covers_is_painted(double strength)
    {
        var given = demo.Paint("a blue boat on a lake at sunset", seed: 3).Image;
        var mask = Pictures.Half(128, 128);

        var painted = demo.Pipeline.Generate(
            new DiffusionRequest(Prompt, "", 7, 20, 4, 128, 128) { Image = given, Strength = strength, Mask = mask }, null, CancellationToken.None).Image;

        Assert.Equal(0, Pictures.Distance(given, painted, pixel => mask[pixel] == 0));
        Assert.True(Pictures.Distance(given, painted, pixel => mask[pixel] > 0) > 10);
    }

    [Fact]
    public async Task A_model_trained_to_inpaint_sees_mask_and_picture()
    {
        var pipeline = await families.GetAsync("inpaint");
        var request = FamilyTests.Request("inpaint", "a red house") with { Strength = 1 };
        var one = FamilyTests.Paint(pipeline, request);
        var inverse = Pictures.Half(96, 64).Select(value => (byte)(255 - value)).ToArray();

        Assert.NotEqual(one.Pixels, FamilyTests.Paint(pipeline, request with { Mask = inverse }).Pixels);
        Assert.Equal("picture_missing", Assert.Throws<InferenceException>(() => FamilyTests.Paint(pipeline, request with { Image = null, Mask = null })).Code);
    }

    [Fact]
    public async Task Requests_that_do_not_fit_together_are_refused_in_words()
    {
        var pipeline = await families.GetAsync("sd15");
        var request = FamilyTests.Request("sd15", "a");
        DiffusionRequest[] wrong =
        [
            request with { Image = Pictures.Gradient(64, 64) }, request with { Mask = Pictures.Half(96, 64) }, request with { Strength = 0 },
            request with { Strength = double.NaN }, request with { GuidanceRescale = 1.5 }, request with { ClipSkip = 99 },
            request with { Image = Pictures.Gradient(96, 64), Mask = new byte[5] },
        ];

        foreach (var one in wrong) Assert.Throws<ArgumentOutOfRangeException>(() => FamilyTests.Paint(pipeline, one));
    }

    private sealed class Steps(List<DiffusionProgress> seen) : IProgress<DiffusionProgress>
    {
        public void Report(DiffusionProgress value) => seen.Add(value);
    }
}
