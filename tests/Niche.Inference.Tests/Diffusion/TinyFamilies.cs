using Niche.Inference.Diffusion;
using Niche.Inference.Models;
using Niche.Inference.Tests.Diffusion;
using Niche.TinyModels;

[assembly: AssemblyFixture(typeof(TinyFamilies))]

namespace Niche.Inference.Tests.Diffusion;

/// <summary>A tiny model of every family, written once for all tests and loaded when first asked for.</summary>
public sealed class TinyFamilies : IAsyncDisposable
{
    private static readonly Dictionary<string, Func<string, string>> Makers = new(StringComparer.Ordinal)
    {
        ["sd15"] = path => TinyDiffusion.StableDiffusion(path),
        ["sd2"] = TinyDiffusion.StableDiffusion2,
        ["inpaint"] = path => TinyDiffusion.StableDiffusion(path, channels: 9),
        ["lcm"] = path => TinyDiffusion.StableDiffusion(path, """{"_class_name":"LCMScheduler"}"""),
        ["xl"] = path => TinyDiffusion.Xl(path),
        ["xl-turbo"] = path => TinyDiffusion.Xl(path, """{"_class_name":"EulerAncestralDiscreteScheduler","timestep_spacing":"trailing","beta_schedule":"scaled_linear"}"""),
        ["xl-lightning"] = path => TinyDiffusion.Xl(path, """{"_class_name":"EulerDiscreteScheduler","timestep_spacing":"trailing","beta_schedule":"scaled_linear"}"""),
        ["sd15-control"] = path => TinyAdapted.Controlled(path),
        ["sd15-inside"] = path => TinyAdapted.ControlledInside(path),
        ["inpaint-control"] = path => TinyAdapted.Controlled(path, channels: 9),
        ["xl-control"] = TinyAdapted.ControlledXl,
        ["sd3-control"] = path => TinyAdapted.ControlledStableDiffusion3(path),
        ["flux-control"] = path => TinyAdapted.ControlledFlux(path),
        ["sd3-seeing"] = path => TinyAdapted.SeeingTransformer(path, flux: false, []),
        ["flux-seeing"] = path => TinyAdapted.SeeingTransformer(path, flux: true, [2]),
        ["sd15-seeing"] = path => TinyAdapted.Seeing(path, []),
        ["xl-seeing"] = path => TinyAdapted.SeeingTokens(path),
        ["xl-refined"] = TinyAdapted.Refined,
        ["upscale"] = TinyAdapted.Upscaler,
        ["sd3"] = path => TinyDiffusion.StableDiffusion3(path),
        ["sd3-without-t5"] = path => TinyDiffusion.StableDiffusion3(path, t5: false),
        ["flux-dev"] = path => TinyDiffusion.Flux(path),
        ["flux-schnell"] = path => TinyDiffusion.Flux(path, dev: false),
    };

    private readonly string _root = Directory.CreateTempSubdirectory("niche-tiny-").FullName;
    private readonly Dictionary<string, Task<DiffusionPipeline>> _loaded = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();

    public static TheoryData<string> Names() => [.. Makers.Keys];

    /// <summary>A pipeline that every test shares.</summary>
    public Task<DiffusionPipeline> GetAsync(string name)
    {
        lock (_gate)
        {
            if (!_loaded.TryGetValue(name, out var loading)) _loaded[name] = loading = LoadAsync(name, new DiffusionOptions());
            return loading;
        }
    }

    /// <summary>A pipeline of one's own.</summary>
    public Task<DiffusionPipeline> LoadAsync(string name, DiffusionOptions options) =>
        DiffusionPipeline.LoadAsync(ModelFolder.Open(Write(name)), new SessionSettings(1), TimeProvider.System, options);

    /// <summary>A fresh folder of a family, for tests that damage it.</summary>
    public string Write(string name) => Makers[name](Path.Combine(_root, $"{name}-{Guid.NewGuid():N}"));

    public async ValueTask DisposeAsync()
    {
        foreach (var loading in _loaded.Values) (await loading).Dispose();
        Directory.Delete(_root, recursive: true);
    }
}
