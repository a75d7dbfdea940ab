using Niche.GpuEndpoint.Models;
using Niche.Inference.Models;

namespace Niche.GpuEndpoint.Routes;

/// <summary><c>GET /info</c> and <c>GET /models</c>: what may be asked here.</summary>
internal sealed class ModelsRoute(ModelStore store)
{
    public InfoAnswer Info() => new(store.Served.OrderBy(folder => folder.Manifest.Kind).FirstOrDefault()?.Manifest.Name ?? "");

    public ModelsAnswer List() => new([.. store.Served.Select(Describe)]);

    private static ModelAnswer Describe(ModelFolder folder)
    {
        var m = folder.Manifest;
        return new ModelAnswer(m.Name, m.Kind, m.Version, m.License, m.Description, folder.Digest, m.Sizes, m.Steps, m.Guidance,
            m.Tokens?.Max, m.Tokens?.Default, m.Suggestions);
    }
}
