using System.Text.Json.Nodes;
using Niche.GpuEndpoint.Tests;
using Niche.Inference.Models;
using Niche.TinyModels;

[assembly: AssemblyFixture(typeof(TinyEndpoint))]

namespace Niche.GpuEndpoint.Tests;

/// <summary>A real endpoint with tiny models of what the demo model can not do.</summary>
public sealed class TinyEndpoint : IAsyncLifetime
{
    private readonly string _root = Directory.CreateTempSubdirectory("niche-endpoint-").FullName;

    public RunningEndpoint Endpoint { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Offer(TinyAdapted.Controlled(Path.Combine(_root, "control")), "control", "txt2img", "img2img", "inpaint", "controlnet");
        Offer(TinyAdapted.Seeing(Path.Combine(_root, "seeing"), []), "seeing", "txt2img", "img2img", "ip_adapter");
        Offer(TinyAdapted.Seeing(Path.Combine(_root, "fixed"), null), "fixed", "txt2img", "ip_adapter");
        Offer(TinyAdapted.ControlledFlux(Path.Combine(_root, "flux"), TransformerControlForm.Flux with { Modes = true }), "flux", "txt2img", "img2img", "controlnet");
        Offer(TinyAdapted.ControlledStableDiffusion3(Path.Combine(_root, "sd3"), TransformerControlForm.Stack), "sd3", "txt2img", "controlnet");
        Offer(TinyAdapted.Refined(Path.Combine(_root, "refined")), "refined", "txt2img", "img2img", "refiner");
        Offer(TinyHalf.StableDiffusion(Path.Combine(_root, "half"), 1e6f, half: true, beside: true), "half", "txt2img");
        Offer(TinyHalf.StableDiffusion(Path.Combine(_root, "single"), 1e6f, half: false, beside: null), "single", "txt2img");
        Offer(TinyAdapted.Upscaler(Path.Combine(_root, "upscaler")), "upscaler", "upscale");
        Endpoint = await RunningEndpoint.StartAsync(new EndpointOptions { Threads = 1, ModelsDirectory = _root, Only = [ModelKind.Image] });
    }

    public async ValueTask DisposeAsync()
    {
        await Endpoint.DisposeAsync();
        Directory.Delete(_root, recursive: true);
    }

    /// <summary>Gives a folder a name and the pipelines that its manifest promises.</summary>
    public static void Offer(string path, string name, params string[] pipelines) =>
        TinyFolder.Reopen(path).Save(("name", name), ("pipelines", new JsonArray([.. pipelines.Select(pipeline => JsonValue.Create(pipeline))])));
}
