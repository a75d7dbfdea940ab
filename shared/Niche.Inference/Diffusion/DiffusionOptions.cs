namespace Niche.Inference.Diffusion;

/// <summary>What a pipeline trades for memory.</summary>
/// <param name="SequentialGuidance">Prompt and negative prompt one after the other instead of in one batch: half the memory, more time.</param>
/// <param name="TileLatents">Largest side of latents that is decoded at once (128 is 1,024 pixels); larger pictures are decoded in tiles.</param>
public sealed record DiffusionOptions(bool SequentialGuidance = false, int TileLatents = 128);
