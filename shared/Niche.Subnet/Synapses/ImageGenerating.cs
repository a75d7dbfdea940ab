using System.Text.Json;
using Niche.Bittensor.Synapses;

namespace Niche.Subnet.Synapses;

/// <summary>Asks a miner for a picture. Names and defaults are the reference's. No hash field is declared, because a stock axon refuses a
/// body hash that its own class does not ask for; body binding is the dendrite's additive header.</summary>
public sealed record ImageGenerating : Synapse
{
    /// <summary>What to paint.</summary>
    public string Prompt { get; init; } = "";

    /// <summary>Seed of the initial noise, 0..10^9 from a stock validator.</summary>
    public long Seed { get; init; }

    /// <summary>Model (category) name.</summary>
    public string ModelName { get; init; } = "";

    /// <summary>Raw base64 of a picture to condition on, no data-URI prefix; empty when unused.</summary>
    public string ConditionalImage { get; init; } = "";

    /// <summary><c>txt2img</c>, <c>img2img</c>, <c>controlnet</c>, <c>upscale</c>...</summary>
    public string PipelineType { get; init; } = "txt2img";

    /// <summary>Object of settings, see <see cref="ImageParameters"/>.</summary>
    public JsonElement PipelineParams { get; init; } = JsonObjects.Empty;

    /// <summary>Object; <c>{"get_miner_info":true}</c> is the legacy information query.</summary>
    public JsonElement RequestDict { get; init; } = JsonObjects.Empty;

    /// <summary>Object filled by models that answer with an identifier or URL.</summary>
    public JsonElement ResponseDict { get; init; } = JsonObjects.Empty;

    /// <summary>Answer: raw base64 of a JPEG, PNG or WebP.</summary>
    public string Image { get; init; } = "";
}
