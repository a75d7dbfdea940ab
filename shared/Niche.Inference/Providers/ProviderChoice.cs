namespace Niche.Inference.Providers;

/// <summary>The provider that was chosen.</summary>
/// <param name="Settings">Its settings; never <see cref="ExecutionProvider.Auto"/>.</param>
/// <param name="Reason">One sentence for the log: why this one and no other.</param>
/// <param name="Available">All that the native library offers.</param>
public sealed record ProviderChoice(ProviderSettings Settings, string Reason, IReadOnlyList<ExecutionProvider> Available);
