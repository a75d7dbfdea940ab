using Niche.Inference.Random;

namespace Niche.Inference.Models;

/// <summary>The content of a folder's <c>model.json</c>: what the model is and what may be asked of it.</summary>
public sealed record ModelManifest
{
    /// <summary>Name in requests.</summary>
    public required string Name { get; init; }

    /// <summary>What it makes.</summary>
    public required ModelKind Kind { get; init; }

    /// <summary>Semantic version of the weights.</summary>
    public required string Version { get; init; }

    /// <summary>SPDX licence name.</summary>
    public required string License { get; init; }

    /// <summary>One sentence for people.</summary>
    public string Description { get; init; } = "";

    /// <summary>Image pipelines, such as <c>txt2img</c>.</summary>
    public IReadOnlyList<string> Pipelines { get; init; } = [];

    /// <summary>Allowed picture sizes; the first is the default.</summary>
    public IReadOnlyList<PictureSize> Sizes { get; init; } = [];

    /// <summary>Denoising steps of an image model.</summary>
    public Bounds<int>? Steps { get; init; }

    /// <summary>What an image model's seeds mean.</summary>
    public NoiseKind Noise { get; init; }

    /// <summary>Changes of the weights, applied when the model is loaded.</summary>
    public IReadOnlyList<Lora>? Loras { get; init; }

    /// <summary>What is too much for it.</summary>
    public ModelLimits? Limits { get; init; }

    /// <summary>Classifier-free guidance of an image model.</summary>
    public Bounds<double>? Guidance { get; init; }

    /// <summary>New tokens of a text model.</summary>
    public Bounds<int>? Tokens { get; init; }

    /// <summary>Prompt and new tokens of a text model together.</summary>
    public int? Context { get; init; }

    /// <summary>Sampling of a text model.</summary>
    public SamplingDefaults? Sampling { get; init; }

    /// <summary>The server that makes a text model's texts; null when the folder's own graph does.</summary>
    public PassThrough? PassThrough { get; init; }

    /// <summary>Length of the vectors of an embedding model.</summary>
    public int? Dimensions { get; init; }

    /// <summary>Prompts that this model does well.</summary>
    public IReadOnlyList<string> Suggestions { get; init; } = [];

    /// <summary>Relative path (forward slashes) to lower-case hex SHA-256, for every file of the model.</summary>
    public required IReadOnlyDictionary<string, string> Files { get; init; }
}
