namespace Niche.Inference.Diffusion;

/// <summary>One picture of several that are painted together.</summary>
/// <param name="Request">What to paint; the caller has checked it against the model's manifest.</param>
/// <param name="Progress">Called after each step; what it throws ends this picture alone.</param>
/// <param name="Cancellation">Takes this picture out between steps; inside a step only the last one's counts.</param>
public sealed record DiffusionJob(DiffusionRequest Request, IProgress<DiffusionProgress>? Progress, CancellationToken Cancellation);
