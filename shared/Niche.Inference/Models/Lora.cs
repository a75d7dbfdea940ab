namespace Niche.Inference.Models;

/// <summary>A low-rank change of a model's weights that its folder asks for (Hu et al., "LoRA", 2021).</summary>
/// <param name="File">Relative path of the <c>.safetensors</c>; listed among the folder's files like every other.</param>
/// <param name="Scale">How much of it; 1 as trained.</param>
public sealed record Lora(string File, double Scale = 1);
