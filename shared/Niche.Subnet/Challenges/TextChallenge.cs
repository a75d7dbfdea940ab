using Niche.Subnet.Synapses;

namespace Niche.Subnet.Challenges;

/// <summary>A text that a miner is asked for on the validator's own account.</summary>
/// <param name="Id">Unique identifier of the challenge.</param>
/// <param name="Model">Category.</param>
/// <param name="Prompt">Text to continue.</param>
/// <param name="Seed">Sampling seed; the same seed must give the same tokens at the reference endpoint.</param>
/// <param name="MaxTokens">Most tokens.</param>
/// <param name="Temperature">Sampling temperature.</param>
public sealed record TextChallenge(string Id, string Model, string Prompt, long Seed, int MaxTokens, double Temperature)
{
    /// <summary>The request as it goes to the miner, the same in form as an organic one.</summary>
    public TextGenerating ToSynapse() => new()
    {
        PromptInput = Prompt,
        Seed = Seed,
        ModelName = Model,
        PipelineParams = new TextParameters(MaxTokens, Temperature, 1).ToElement(),
    };
}
