using System.Numerics.Tensors;
using Niche.Inference.Diffusion;
using Niche.Inference.Diffusion.Control;
using Niche.Inference.Models;
using Niche.Inference.Providers;
using Niche.TinyModels;

namespace Niche.Inference.Tests.Diffusion;

/// <summary>Exports that take and give halves: the pictures of their siblings, but for the rounding.</summary>
public sealed class HalfPrecisionTests(TinyFamilies families)
{
    public static TheoryData<string> Families() => TinyFamilies.Names();

    [Theory]
    [MemberData(nameof(Families))]
    public async Task Every_family_runs_with_halves_at_its_edges(string name)
    {
        var request = FamilyTests.Request(name, "a red house") with { Guidance = 3 };
        if (name.EndsWith("-control", StringComparison.Ordinal)) request = request with { Control = new ControlPicture(Pictures.Gradient(96, 64)) };
        var path = TinyHalf.Edges(families.Write(name));
        var single = (await families.GetAsync(name)).Generate(request, null, CancellationToken.None);

        foreach (var standIn in (DeviceStandIn[])[DeviceStandIn.None, DeviceStandIn.Copying])
        {
            using var pipeline = await DiffusionPipeline.LoadAsync(ModelFolder.Open(path), new SessionSettings(1) { StandIn = standIn }, TimeProvider.System);
            var half = pipeline.Generate(request, null, CancellationToken.None);

            var difference = TensorPrimitives.Distance<float>(single.Latents, half.Latents) / TensorPrimitives.Norm<float>(single.Latents);
            Assert.InRange(difference, 1e-7, 0.02);
            Assert.True(Pictures.Distance(single.Image, half.Image) < 4, $"{Pictures.Distance(single.Image, half.Image)}");
        }
    }

    [Fact]
    public async Task A_step_with_halves_allocates_less_than_a_kilobyte()
    {
        using var pipeline = await DiffusionPipeline.LoadAsync(ModelFolder.Open(TinyHalf.Edges(families.Write("sd2"))), new SessionSettings(1), TimeProvider.System);
        Assert.InRange((Allocated(pipeline, 45) - Allocated(pipeline, 5)) / 40.0, -1, 1024);
    }

    private static long Allocated(DiffusionPipeline pipeline, int steps) =>
        Allocations.Of(() => pipeline.Generate(new("a red house", "", 7, steps, 4, 64, 64), null, CancellationToken.None));
}
