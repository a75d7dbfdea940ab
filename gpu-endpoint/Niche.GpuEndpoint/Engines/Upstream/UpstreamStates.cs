using System.Runtime.CompilerServices;
using Niche.Inference.Models;

namespace Niche.GpuEndpoint.Engines.Upstream;

/// <summary>What was last seen of the server of each pass-through model.</summary>
internal sealed class UpstreamStates
{
    private readonly ConditionalWeakTable<ModelFolder, UpstreamState> _states = [];

    public UpstreamState Of(ModelFolder folder) => _states.TryGetValue(folder, out var state) ? state : UpstreamState.Unknown;

    /// <summary>Notes what was seen; true when it is news.</summary>
    public bool Set(ModelFolder folder, UpstreamState state)
    {
        var news = Of(folder) != state;
        _states.AddOrUpdate(folder, state);
        return news;
    }
}
