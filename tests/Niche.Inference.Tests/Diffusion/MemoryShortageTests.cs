using Niche.Inference.Diffusion;
using Niche.Inference.Models;
using Niche.TinyModels;

namespace Niche.Inference.Tests.Diffusion;

/// <summary>Graphs that really run out of memory, in the allocator of the runtime.</summary>
public sealed class MemoryShortageTests(TinyFamilies families) : IDisposable
{
    private static readonly DiffusionRequest Guided = FamilyTests.Request("sd15", "a red house") with { Guidance = 4, NegativePrompt = "the use" };
    private readonly string _folder = Directory.CreateTempSubdirectory("niche-hungry-").FullName;

    [Theory]
    [InlineData(6)]
    [InlineData(2)]
    [InlineData(1)]
    public async Task A_batch_that_is_too_large_is_painted_in_smaller_ones_to_the_same_pictures(int rows)
    {
        var plain = await families.GetAsync("sd15");
        using var hungry = await LoadAsync(rows, 1000);
        var requests = Enumerable.Range(0, 5).Select(i => Guided with { Seed = (uint)i }).ToArray();

        var outcomes = hungry.Generate([.. requests.Select(request => new DiffusionJob(request, null, CancellationToken.None))]);

        for (var i = 0; i < requests.Length; i++) FamilyTests.AssertAlike(FamilyTests.Paint(plain, requests[i]), outcomes[i].Unwrap().Image, 1);
    }

    [Fact]
    public async Task Every_step_is_told_once_even_when_the_batch_had_to_be_split()
    {
        using var hungry = await LoadAsync(2, 1000);
        var steps = new List<int>[] { [], [], [] };

        hungry.Generate([.. steps.Select((own, i) => new DiffusionJob(Guided with { Seed = (uint)i }, new Steps(own), CancellationToken.None))]);

        Assert.All(steps, own => Assert.Equal(Enumerable.Range(1, own.Count), own));
        Assert.All(steps, own => Assert.Equal(steps[0].Count, own.Count));
    }

    [Fact]
    public async Task Where_not_even_one_row_fits_the_picture_fails_with_a_code_and_the_pipeline_lives()
    {
        using var hungry = await LoadAsync(0, 1000);

        for (var i = 0; i < 2; i++)
        {
            var error = Assert.Throws<InferenceException>(() => FamilyTests.Paint(hungry, Guided));
            Assert.Equal(MemoryShortage.Code, error.Code);
            Assert.NotNull(error.InnerException);
        }
    }

    [Fact]
    public async Task A_picture_that_is_too_large_to_decode_is_decoded_in_tiles()
    {
        var plain = await families.GetAsync("sd15");
        using var hungry = await LoadAsync(1000, 48);
        var large = Guided with { Width = 640, Height = 768 };

        FamilyTests.AssertAlike(FamilyTests.Paint(plain, large), FamilyTests.Paint(hungry, large), 1);
    }

    [Fact]
    public async Task Tiles_that_would_show_are_not_tried()
    {
        using var hungry = await LoadAsync(1000, 10);

        Assert.Equal(MemoryShortage.Code, Assert.Throws<InferenceException>(() => FamilyTests.Paint(hungry, Guided with { Height = 640 })).Code);
        Assert.Equal(64, FamilyTests.Paint(hungry, Guided).Height);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private Task<DiffusionPipeline> LoadAsync(int rows, int side) => DiffusionPipeline.LoadAsync(
        ModelFolder.Open(TinyHungry.StableDiffusion(Path.Combine(_folder, "model"), rows, side)), new SessionSettings(1), TimeProvider.System);

    private sealed class Steps(List<int> seen) : IProgress<DiffusionProgress>
    {
        public void Report(DiffusionProgress value) => seen.Add(value.Step);
    }
}
