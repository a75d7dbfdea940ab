using System.Text.Json.Serialization;

namespace Niche.Inference.Models;

/// <summary>What a model folder makes.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ModelKind>))]
public enum ModelKind
{
    /// <summary>Pictures from a prompt (latent diffusion).</summary>
    [JsonStringEnumMemberName("image")] Image,

    /// <summary>Text from a prompt (decoder-only language model).</summary>
    [JsonStringEnumMemberName("text")] Text,

    /// <summary>Vectors from pictures and texts (dual encoder).</summary>
    [JsonStringEnumMemberName("embedding")] Embedding,

    /// <summary>A verdict on pictures (classifier). Nobody asks for it by name: an endpoint is told to use it.</summary>
    [JsonStringEnumMemberName("safety")] Safety,
}
