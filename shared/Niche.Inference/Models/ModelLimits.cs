namespace Niche.Inference.Models;

/// <summary>What a model's maker thinks too much.</summary>
/// <param name="Batch">Most pictures in one batch.</param>
public sealed record ModelLimits(int? Batch);
