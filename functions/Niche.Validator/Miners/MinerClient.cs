using Niche.Bittensor.Chain;
using Niche.Bittensor.Dendrite;
using Niche.Bittensor.Synapses;
using Niche.Subnet.Jobs;
using Niche.Subnet.Policy;
using Niche.Subnet.Synapses;
using Niche.Subnet.Verification;
using Niche.Validator.Network;
using Niche.Validator.Trusted;

namespace Niche.Validator.Miners;

/// <summary>Asks miners for work. A miner's fault is part of the answer, never an exception; late, overloaded and wrong are kept apart.</summary>
public sealed class MinerClient(DendriteClient dendrite)
{
    /// <summary>Asks for a picture; the content is base64, unchecked.</summary>
    public async Task<MinerAnswer<string>> PaintAsync(MinerRecord miner, ImageRecipe recipe, TimeSpan timeout, CancellationToken ct)
    {
        ImageParameters parameters = new(recipe.Steps, recipe.Width, recipe.Height, recipe.Guidance, recipe.NegativePrompt, "PNG", recipe.Given?.Strength);
        ImageGenerating synapse = new()
        {
            Prompt = recipe.Prompt,
            Seed = recipe.Seed,
            ModelName = recipe.Model,
            PipelineType = recipe.Given is null ? "txt2img" : JobRequestValidator.FromPicture,
            ConditionalImage = recipe.Given is { } given ? Convert.ToBase64String(given.File.Span) : "",
            PipelineParams = parameters.ToElement(),
        };
        SynapseResult<ImageGenerating> result = await dendrite.CallAsync(AxonOf(miner), synapse, timeout, ct).ConfigureAwait(false);
        return new MinerAnswer<string>(result.Response?.Image, FailureOf(result), result.ProcessTime, result.RetryAfter);
    }

    /// <summary>Asks for a text.</summary>
    public async Task<MinerAnswer<TextAnswer>> WriteAsync(MinerRecord miner, TextRecipe recipe, ModelPolicy model, CancellationToken ct)
    {
        SynapseResult<TextGenerating> result = await dendrite.CallAsync(AxonOf(miner), ToSynapse(recipe, logprobs: 0), model.Timeout, ct).ConfigureAwait(false);
        if (FailureOf(result) is { } failure) return new MinerAnswer<TextAnswer>(null, failure, result.ProcessTime, result.RetryAfter);
        (TextAnswer? text, Verdict? refused) = TextAnswer.Read(result.Response!.PromptOutput, model.TextBands!);
        return new MinerAnswer<TextAnswer>(text, refused, result.ProcessTime, null);
    }

    /// <summary>Asks for a text piece by piece.</summary>
    public SynapseStream StreamText(MinerRecord miner, TextRecipe recipe, TimeSpan timeout) =>
        dendrite.StreamAsync(AxonOf(miner), ToSynapse(recipe) with { RequestDict = JsonObjects.From(new { Stream = true }) }, timeout);

    /// <summary>Asks what a miner serves.</summary>
    public Task<SynapseResult<Information>> InformAsync(AxonEndpoint axon, TimeSpan timeout, CancellationToken ct) =>
        dendrite.CallAsync(axon, new Information(), timeout, ct);

    private static Verdict? FailureOf<T>(SynapseResult<T> result)
        where T : Synapse => TransportVerdict.Of(result.Outcome, result.StatusCode);

    // With log-probabilities come the tokens, which a text cut anew need not give.
    private static TextGenerating ToSynapse(TextRecipe recipe, int? logprobs = null) => new()
    {
        PromptInput = recipe.Prompt,
        Seed = recipe.Seed,
        ModelName = recipe.Model,
        PipelineParams = new TextParameters(recipe.MaxTokens, recipe.Temperature, recipe.TopP, logprobs, recipe.Stop.Count > 0 ? recipe.Stop : null).ToElement(),
    };

    private static AxonEndpoint AxonOf(MinerRecord miner) => new(miner.Ip, miner.Port, miner.Hotkey);
}
