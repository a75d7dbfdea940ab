using Niche.Inference.Diffusion;
using Niche.Inference.Images;
using Niche.Inference.Models;

namespace Niche.Inference.Tests.Diffusion;

/// <summary>Several pictures painted together.</summary>
public sealed class BatchTests(DemoModels models, TinyFamilies families)
{
    private const string Prompt = "a red house in the mountains at night with a full moon";

    private static readonly DiffusionRequest[] Requests =
    [
        new(Prompt, "", 7, 6, 4, 128, 128),
        new("a blue boat on the left on a lake at sunset", "moon", 8, 6, 3, 128, 128),
        new("three pine trees in the snow by day", "", 9, 6, 7.5, 128, 128) { GuidanceRescale = 0.5 },
        new("a purple castle on green hills at noon", "", 7, 6, 1.5, 128, 128),
    ];

    public static TheoryData<string> All() => TinyFamilies.Names();

    [Fact]
    public void On_the_processor_the_demo_model_gives_every_picture_of_a_batch_the_very_bytes_that_it_has_alone()
    {
        var alone = Requests.Select(request => models.Pipeline.Generate(request, null, CancellationToken.None)).ToArray();

        foreach (var size in new[] { 2, 3, 4 })
        {
            var together = Together(models.Pipeline, Requests[..size]);
            for (var i = 0; i < size; i++)
            {
                Assert.Equal(alone[i].Latents, together[i].Latents);
                Assert.Equal(alone[i].Image.Pixels, together[i].Image.Pixels);
            }
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task Every_family_paints_several_pictures_at_once_as_it_paints_them_alone(string family)
    {
        var pipeline = await families.GetAsync(family);
        var one = FamilyTests.Request(family, "a red house") with { Guidance = 4 };
        DiffusionRequest[] requests = [one, one with { Prompt = "the quick brown fox", Seed = 8, Guidance = 2 }, one with { NegativePrompt = "the use", Seed = 9 }];

        var together = Together(pipeline, requests);

        for (var i = 0; i < requests.Length; i++) FamilyTests.AssertAlike(FamilyTests.Paint(pipeline, requests[i]), together[i].Image, 1);
    }

    [Fact]
    public async Task Guidance_one_prompt_after_the_other_is_told_to_every_picture()
    {
        using var sequential = await families.LoadAsync("sd15", new DiffusionOptions(SequentialGuidance: true));
        var one = FamilyTests.Request("sd15", "a red house") with { Guidance = 4 };
        DiffusionRequest[] requests = [one, one with { Prompt = "the quick brown fox", Guidance = 2 }];

        var together = Together(sequential, requests);

        for (var i = 0; i < requests.Length; i++) FamilyTests.AssertAlike(FamilyTests.Paint(sequential, requests[i]), together[i].Image, 1);
    }

    [Fact]
    public void Pictures_that_do_not_fit_together_are_painted_all_the_same()
    {
        DiffusionRequest[] requests = [Requests[0], Requests[1] with { Steps = 5 }, Requests[2] with { Guidance = 1 }, Requests[3] with { Image = Pictures.Gradient(128, 128), Strength = 0.5 }];

        var together = Together(models.Pipeline, requests);

        for (var i = 0; i < requests.Length; i++)
            Assert.Equal(models.Pipeline.Generate(requests[i], null, CancellationToken.None).Image.Pixels, together[i].Image.Pixels);
    }

    [Fact]
    public void A_picture_that_is_stopped_leaves_between_two_steps_and_the_others_come_out_as_alone()
    {
        using var leave = new CancellationTokenSource();
        var steps = new int[3];
        var jobs = Enumerable.Range(0, 3).Select(i => new DiffusionJob(Requests[i], new Collector(progress =>
        {
            steps[i] = progress.Step;
            if (i == 1 && progress.Step == 3) leave.Cancel();
        }), i == 1 ? leave.Token : CancellationToken.None)).ToArray();

        var outcomes = models.Pipeline.Generate(jobs);

        Assert.Equal([6, 3, 6], steps);
        Assert.Equal(leave.Token, Assert.IsAssignableFrom<OperationCanceledException>(outcomes[1].Error).CancellationToken);
        foreach (var i in new[] { 0, 2 })
            Assert.Equal(models.Pipeline.Generate(Requests[i], null, CancellationToken.None).Image.Pixels, outcomes[i].Unwrap().Image.Pixels);
    }

    [Fact]
    public void When_the_last_one_leaves_the_run_inside_the_runtime_is_terminated()
    {
        using var source = new CancellationTokenSource();
        source.Cancel();

        var outcomes = models.Pipeline.Generate([new DiffusionJob(Requests[0], null, source.Token), new DiffusionJob(Requests[1], null, source.Token)]);

        Assert.All(outcomes, outcome => Assert.IsAssignableFrom<OperationCanceledException>(outcome.Error));
    }

    [Fact]
    public void What_fails_for_one_picture_is_no_business_of_the_others()
    {
        var jobs = new[]
        {
            new DiffusionJob(Requests[0], null, CancellationToken.None),
            new DiffusionJob(Requests[1] with { Guidance = 1e38 }, null, CancellationToken.None),
            new DiffusionJob(Requests[2], new Collector(_ => throw new IOException("the listener broke")), CancellationToken.None),
        };

        var outcomes = models.Pipeline.Generate(jobs);

        Assert.Equal(models.Pipeline.Generate(Requests[0], null, CancellationToken.None).Image.Pixels, outcomes[0].Unwrap().Image.Pixels);
        Assert.Equal("latents_not_finite", Assert.IsType<InferenceException>(outcomes[1].Error).Code);
        Assert.Throws<IOException>(() => outcomes[2].Unwrap());
    }

    [Fact]
    public void Each_picture_has_its_own_progress_and_previews()
    {
        var seen = new List<DiffusionProgress>[] { [], [] };
        var jobs = seen.Select((list, i) => new DiffusionJob(Requests[i] with { PreviewEvery = 2 + i }, new Collector(list.Add), CancellationToken.None)).ToArray();

        models.Pipeline.Generate(jobs);

        Assert.All(seen, list => Assert.Equal([1, 2, 3, 4, 5, 6], list.Select(progress => progress.Step)));
        Assert.Equal([2, 4], seen[0].Where(progress => progress.Preview is not null).Select(progress => progress.Step));
        Assert.Equal([3], seen[1].Where(progress => progress.Preview is not null).Select(progress => progress.Step));
        Assert.NotEqual(seen[0][3].Preview!.Pixels, seen[1][2].Preview!.Pixels);
    }

    private static DiffusionResult[] Together(DiffusionPipeline pipeline, IReadOnlyList<DiffusionRequest> requests) =>
        [.. pipeline.Generate([.. requests.Select(request => new DiffusionJob(request, null, CancellationToken.None))]).Select(outcome => outcome.Unwrap())];

    private sealed class Collector(Action<DiffusionProgress> action) : IProgress<DiffusionProgress>
    {
        public void Report(DiffusionProgress value) => action(value);
    }
}
