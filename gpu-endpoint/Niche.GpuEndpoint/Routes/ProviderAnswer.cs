using Niche.Inference.Providers;

namespace Niche.GpuEndpoint.Routes;

/// <summary>What computes, in <c>GET /capabilities</c>.</summary>
/// <param name="Name"><c>cpu</c>, <c>cuda</c>, <c>tensorrt</c> or <c>webgpu</c>.</param>
/// <param name="Reason">Why this one.</param>
/// <param name="Available">All that the native library offers.</param>
public sealed record ProviderAnswer(string Name, string Reason, IReadOnlyList<string> Available)
{
    internal static ProviderAnswer Of(ProviderChoice choice) => new(Text(choice.Settings.Kind), choice.Reason, [.. choice.Available.Select(Text)]);

    internal static string Text(ExecutionProvider kind) => kind.ToString().ToLowerInvariant();
}
