using System.Text.Json;
using Niche.Bittensor.Synapses;

namespace Niche.Subnet.Synapses;

/// <summary>Asks a miner a question about a picture. Names and defaults are the reference's.</summary>
public sealed record MultiModalGenerating : Synapse
{
    /// <summary>The question.</summary>
    public string Prompt { get; init; } = "";

    /// <summary>http(s) URL or <c>data:image/png;base64,</c> URI.</summary>
    public string ImageUrl { get; init; } = "";

    /// <summary>Sampling seed.</summary>
    public long Seed { get; init; }

    /// <summary>Object, unused.</summary>
    public JsonElement RequestDict { get; init; } = JsonObjects.Empty;

    /// <summary>Model (category) name.</summary>
    public string ModelName { get; init; } = "";

    /// <summary>Object of settings.</summary>
    public JsonElement PipelineParams { get; init; } = JsonObjects.Empty;

    /// <summary>Pipeline.</summary>
    public string PipelineType { get; init; } = "visual_question_answering";

    /// <summary>Answer: an OpenAI-style completion object.</summary>
    public JsonElement PromptOutput { get; init; } = JsonObjects.Empty;
}
