namespace Niche.Inference.Diffusion;

/// <summary>How a model's parts fit together, from the class that <c>model_index.json</c> names.</summary>
internal enum PipelineFamily
{
    /// <summary>SD 1 and 2, LCM: one CLIP text encoder, a UNet.</summary>
    StableDiffusion,

    /// <summary>The fourfold upscaler: one CLIP text encoder, a UNet that sees the small picture and is told how noisy it is.</summary>
    Upscaler,

    /// <summary>SDXL: two CLIP text encoders, a UNet that is told the picture's size.</summary>
    StableDiffusionXl,

    /// <summary>SD3: two CLIP text encoders and T5, a transformer, flow matching.</summary>
    StableDiffusion3,

    /// <summary>Flux: CLIP and T5, a transformer over 2 x 2 patches, flow matching.</summary>
    Flux,
}
