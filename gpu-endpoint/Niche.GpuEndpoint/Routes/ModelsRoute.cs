using Niche.GpuEndpoint.Engines.Upstream;
using Niche.GpuEndpoint.Models;
using Niche.GpuEndpoint.Requests;
using Niche.GpuEndpoint.Safety;
using Niche.Inference.Models;
using Niche.Inference.Providers;

namespace Niche.GpuEndpoint.Routes;

/// <summary><c>GET /info</c> and <c>GET /models</c>: what may be asked here.</summary>
internal sealed class ModelsRoute(ModelStore store, ModelChanges changes, UpstreamStates upstreams, EndpointOptions options, PictureGate gate, ProviderChoice provider)
{
    public InfoAnswer Info() => new(store.Served.OrderBy(folder => folder.Manifest.Kind).FirstOrDefault()?.Manifest.Name ?? "");

    public ModelsAnswer List() => new(
        [.. store.Served.Select(Describe)], [.. changes.Pending.Select(change => ModelChangeAnswer.Of(change, store.ProgressOf(change.Name)))]);

    public OpenAiModels OpenAi() => new("list", [.. store.Served.Select(folder => new OpenAiModel(folder.Manifest.Name, "model", 0, "niche"))]);

    public CapabilitiesAnswer Capabilities() => new(
        ["/generate", "/predictions", "/v1/images/generations", "/v1/completions", "/v1/chat/completions", "/features", "/check"],
        store.Served.Where(folder => folder.Manifest.Kind == ModelKind.Image).ToDictionary(folder => folder.Manifest.Name, folder => folder.Manifest.Pipelines),
        ["PNG", "JPG"], RequestBody.Limit, options.Queue, true, options.ImageUrls.Allowed, gate.Guarded, ProviderAnswer.Of(provider), List().Models);

    /// <summary>Whether a model can work now; 404 for one that is not served.</summary>
    public (int Status, HealthAnswer Body) Health(string name)
    {
        if (store.Served.FirstOrDefault(folder => folder.Manifest.Name == name) is { Manifest.PassThrough: not null } passed && upstreams.Of(passed).Away is { } why)
            return (503, new HealthAnswer("away", null, "upstream_away", $"The model's server is away: {why}."));
        if (store.Served.Any(folder => folder.Manifest.Name == name))
            return store.Ready ? (200, new HealthAnswer("ready")) : (503, new HealthAnswer("loading", store.ProgressOf(name)));
        return changes.Pending.FirstOrDefault(change => change.Name == name) is { } change
            ? (503, new HealthAnswer(change.Status, store.ProgressOf(name), change.Error?.Code, change.Error?.Message))
            : (404, new HealthAnswer("unknown"));
    }

    private static ModelAnswer Describe(ModelFolder folder)
    {
        var m = folder.Manifest;
        return new ModelAnswer(m.Name, m.Kind, m.Version, m.License, m.Description, folder.Digest, m.Sizes, m.Steps, m.Guidance,
            m.Tokens?.Max, m.Tokens?.Default, m.Suggestions);
    }
}
