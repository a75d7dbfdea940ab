using Niche.Inference.Diffusion;
using Niche.Inference.Embeddings;
using Niche.Inference.Images;
using Niche.Inference.Models;

namespace Niche.Inference.Tests.Diffusion;

public sealed class DiffusionPipelineTests(DemoModels models)
{
    private const string Prompt = "a red house in the mountains at night with a full moon";

    private static readonly string[] Prompts =
    [
        Prompt, "a yellow hot air balloon over the desert at dawn", "a blue boat on the left on a lake at sunset",
        "three pine trees in the snow by day", "a white lighthouse on the right by the sea at sunset with the sun",
            "a purple castle on green hills at noon",
    ];

    [Fact]
    public void The_same_request_gives_the_same_bytes()
    {
        var (a, b) = (models.Paint(Prompt), models.Paint(Prompt));

        Assert.Equal(a.Latents, b.Latents);
        Assert.Equal(ImageFile.EncodePng(a.Image), ImageFile.EncodePng(b.Image));
    }

    [Fact]
    public async Task Pictures_painted_side_by_side_are_those_painted_alone()
    {
        var alone = new[] { models.Paint(Prompt, 1, 6), models.Paint(Prompts[1], 2, 6) };

        var together = await Task.WhenAll(Task.Run(() => models.Paint(Prompt, 1, 6)), Task.Run(() => models.Paint(Prompts[1], 2, 6)));

        Assert.Equal(alone[0].Image.Pixels, together[0].Image.Pixels);
        Assert.Equal(alone[1].Image.Pixels, together[1].Image.Pixels);
    }

    [Theory]
    [InlineData(8u, 20, 4.0, Prompt)]
    [InlineData(7u, 19, 4.0, Prompt)]
    [InlineData(7u, 20, 3.0, Prompt)]
    [InlineData(7u, 20, 1.0, Prompt)]
    [InlineData(7u, 20, 4.0, "a blue house in the mountains at night with a full moon")]
    public void Another_seed_step_count_guidance_or_prompt_gives_another_picture(uint seed, int steps, double guidance, string prompt) =>
        Assert.NotEqual(models.Paint(Prompt).Image.Pixels, models.Paint(prompt, seed, steps, guidance).Image.Pixels);

    [Fact]
    public void A_negative_prompt_changes_the_picture()
    {
        var request = new DiffusionRequest(Prompt, "moon", 7, 20, 4, 128, 128);

        var other = models.Pipeline.Generate(request, null, TestContext.Current.CancellationToken);

        Assert.NotEqual(models.Paint(Prompt).Image.Pixels, other.Image.Pixels);
    }

    [Fact]
    public void Pictures_follow_their_own_prompt_and_no_other()
    {
        foreach (var prompt in Prompts)
        {
            var picture = models.Dual.EmbedImage(models.Paint(prompt).Image, TestContext.Current.CancellationToken);
            var cosines = Prompts.ToDictionary(p => p, p => FeatureDistance.Cosine(picture, models.Dual.EmbedText(p,
                TestContext.Current.CancellationToken)));
            Assert.True(cosines[prompt] > 0.55, $"{prompt}: {cosines[prompt]:F2}");
            Assert.All(cosines.Where(c => c.Key != prompt), c => Assert.True(c.Value < 0.45, $"{prompt} against {c.Key}: {c.Value:F2}"));
        }
    }

    [Fact]
    public void Progress_counts_every_step_and_shows_previews_where_asked()
    {
        var seen = new List<DiffusionProgress>();

        models.Pipeline.Generate(new DiffusionRequest(Prompt, "", 7, 6, 4, 128, 128, PreviewEvery: 2), new Collector(seen.Add),
            TestContext.Current.CancellationToken);

        Assert.Equal([1, 2, 3, 4, 5, 6], seen.Select(p => p.Step));
        Assert.All(seen, p => Assert.Equal(6, p.Total));
        Assert.Equal([2, 4], seen.Where(p => p.Preview is not null).Select(p => p.Step));
    }

    [Fact]
    public void A_cancelled_picture_stops_at_the_next_step_and_the_pipeline_goes_on()
    {
        using var source = new CancellationTokenSource();
        var steps = 0;
        var stop = new Collector(progress =>
        {
            steps = progress.Step;
            if (progress.Step == 3) source.Cancel();
        });

        Assert.ThrowsAny<OperationCanceledException>(() => models.Pipeline.Generate(new DiffusionRequest(Prompt, "", 7, 20, 4, 128,
            128), stop, source.Token));

        Assert.Equal(3, steps);
        Assert.Equal(models.Paint(Prompt, 7, 4).Image.Pixels, models.Paint(Prompt, 7, 4).Image.Pixels);
    }

    [Fact]
    public void A_run_inside_onnx_runtime_is_terminated_and_reads_as_cancelled() =>
        // The first thing that happens is a run of the text encoder, with no check before it.
        Assert.ThrowsAny<OperationCanceledException>(() => models.Pipeline.Generate(
            new DiffusionRequest(Prompt, "", 7, 20, 4, 128, 128), null, new CancellationToken(canceled: true)));

    [Fact]
    public void Numbers_that_overflow_are_reported_and_not_painted()
    {
        var error = Assert.Throws<InferenceException>(() => models.Paint(Prompt, guidance: 1e38));

        Assert.Equal("latents_not_finite", error.Code);
    }

    [Theory]
    [InlineData(0, 128, 128)]
    [InlineData(20, 100, 128)]
    [InlineData(20, 128, 0)]
    public void A_request_that_no_model_could_paint_is_refused(int steps, int width, int height) =>
        Assert.Throws<ArgumentOutOfRangeException>(() =>
        models.Pipeline.Generate(new DiffusionRequest(Prompt, "", 7, steps, 4, width, height), null,
            TestContext.Current.CancellationToken));

    [Fact]
    public void A_step_allocates_nothing_to_speak_of()
    {
        long Allocated(int steps) => Allocations.Of(() => models.Paint(Prompt, steps: steps));

        var perStep = (Allocated(45) - Allocated(5)) / 40.0;

        Assert.True(perStep <= 128, $"{perStep} bytes per step");
    }

    private sealed class Collector(Action<DiffusionProgress> action) : IProgress<DiffusionProgress>
    {
        public void Report(DiffusionProgress value) => action(value);
    }
}
