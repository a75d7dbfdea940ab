using Niche.Inference.Diffusion;
using Niche.Inference.Diffusion.Control;
using Niche.Inference.Models;
using Niche.Inference.Providers;

namespace Niche.Inference.Tests.Diffusion;

/// <summary>Pictures through tensors on a device, which the processor plays: the same pictures.</summary>
public sealed class DevicePathTests(DemoModels models, TinyFamilies families)
{
    private const string Prompt = "a red house in the mountains at night with a full moon";

    public static TheoryData<string> Families() => TinyFamilies.Names();

    [Theory]
    [MemberData(nameof(Families))]
    public async Task Every_family_paints_the_same_through_device_tensors(string name)
    {
        var folder = ModelFolder.Open(families.Write(name));
        var picture = FamilyTests.Request(name, "a red house") with { Guidance = 3 };
        if (name.EndsWith("-control", StringComparison.Ordinal)) picture = picture with { Control = new ControlPicture(Pictures.Gradient(96, 64)) { End = 0.5 } };
        using var host = await DiffusionPipeline.LoadAsync(folder, new SessionSettings(1), TimeProvider.System);

        (DeviceStandIn, bool)[] ways = [(DeviceStandIn.Copying, false), (name == "sd15" ? DeviceStandIn.Binding : DeviceStandIn.Copying, name != "sd15")];
        foreach (var (standIn, graphs) in ways)
        {
            var settings = new SessionSettings(1) { StandIn = standIn, Provider = new ProviderSettings(CudaGraphs: graphs) };
            using var device = await DiffusionPipeline.LoadAsync(folder, settings, TimeProvider.System);
            if (graphs) device.Generate(picture with { Seed = 99, Prompt = "the use" }, null, CancellationToken.None);
            Assert.Equal(host.Generate(picture, null, CancellationToken.None).Latents, device.Generate(picture, null, CancellationToken.None).Latents);
        }
    }

    [Fact]
    public async Task A_step_on_a_device_allocates_less_than_a_kilobyte()
    {
        using var device = await DiffusionPipeline.LoadAsync(
            TestData.Open("niche-scenes"), new SessionSettings(2) { StandIn = DeviceStandIn.Copying }, TimeProvider.System);
        var perStep = (Allocated(device, 45) - Allocated(device, 5)) / 40.0;

        Assert.True(perStep <= 1024, $"{perStep} bytes a step");
        Assert.Equal(models.Paint(Prompt, steps: 5).Latents, device.Generate(Request(5), null, CancellationToken.None).Latents);
    }

    private static long Allocated(DiffusionPipeline pipeline, int steps) =>
        Allocations.Of(() => pipeline.Generate(Request(steps), null, CancellationToken.None));

    private static DiffusionRequest Request(int steps) => new(Prompt, "", 7, steps, 4, 128, 128);
}
