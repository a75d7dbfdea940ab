namespace Niche.Inference.Diffusion;

/// <summary>What a manifest and a request call the ways to a picture.</summary>
public static class PipelineNames
{
    /// <summary>From words.</summary>
    public const string FromWords = "txt2img";

    /// <summary>From a picture.</summary>
    public const string FromImage = "img2img";

    /// <summary>Inside a mask.</summary>
    public const string Inpaint = "inpaint";

    /// <summary>With a picture that says where things go; needs a ControlNet.</summary>
    public const string Control = "controlnet";

    /// <summary>A small picture made larger.</summary>
    public const string Upscale = "upscale";

    /// <summary>With a second expert for the end of the way; needs a refiner.</summary>
    public const string Refine = "refiner";

    /// <summary>With a picture that speaks beside the words; needs an IP-Adapter.</summary>
    public const string ImagePrompt = "ip_adapter";
}
