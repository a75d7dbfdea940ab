using System.Text.Json;
using Niche.Bittensor.Synapses;

namespace Niche.Subnet.Synapses;

/// <summary>Asks a miner for a text completion. Names and defaults are the reference's.</summary>
public sealed record TextGenerating : Synapse
{
    /// <summary>Text to continue, chat template already applied.</summary>
    public string PromptInput { get; init; } = "";

    /// <summary>Sampling seed. Stock endpoints ignore it; ours sample from it, which makes answers comparable.</summary>
    public long Seed { get; init; }

    /// <summary>Object, unused.</summary>
    public JsonElement RequestDict { get; init; } = JsonObjects.Empty;

    /// <summary>Model (category) name.</summary>
    public string ModelName { get; init; } = "";

    /// <summary>Answer: an OpenAI-style completion object, see <see cref="Verification.TextAnswer"/>.</summary>
    public JsonElement PromptOutput { get; init; } = JsonObjects.Empty;

    /// <summary>Object of settings, see <see cref="TextParameters"/>.</summary>
    public JsonElement PipelineParams { get; init; } = JsonObjects.Empty;
}
