using System.Buffers.Text;
using System.Text.Json;
using Niche.Subnet.Policy;
using Niche.Subnet.Synapses;

namespace Niche.Miner.Work;

/// <summary>
/// Checks what a validator asks against the policy, and against the subnet's caps where the policy does not know the model. Types and
/// the model's own limits are the endpoint's business.
/// </summary>
public sealed class OrderReader(SubnetPolicy policy)
{
    private const int MaxSteps = 50, MaxSide = 1536, MaxTokens = 4096, MaxPrompt = 2000, MaxName = 64;
    private const int MaxParameters = 32, MaxParameterCharacters = 4000;

    /// <summary>A picture's order.</summary>
    /// <exception cref="MinerWorkException">A field is out of its range; the message names field and range.</exception>
    public ImageOrder Read(ImageGenerating synapse, TimeSpan timeout)
    {
        ArgumentNullException.ThrowIfNull(synapse);
        var model = policy.Find(synapse.ModelName);
        if (model is { Kind: not ModelKind.Image }) throw Refuse("model_name", "must name a model that makes pictures");
        CheckCommon(synapse.ModelName, synapse.Prompt, "prompt", synapse.Seed, model);
        if (synapse.PipelineType.Length is 0 or > MaxName || model is not null && !model.Pipelines.Contains(synapse.PipelineType))
            throw Refuse("pipeline_type", model is null ? "must have 1 to 64 characters" : $"must be one of: {string.Join(", ", model.Pipelines)}");
        if (!Base64.IsValid(synapse.ConditionalImage)) throw Refuse("conditional_image", "must be base64");

        var parameters = Object(synapse.PipelineParams);
        var known = ImageParameters.Read(parameters);
        Within("num_inference_steps", known.NumInferenceSteps, 1, Math.Min(MaxSteps, model?.Steps?.Max ?? MaxSteps));
        Within("width", known.Width, 1, MaxSide);
        Within("height", known.Height, 1, MaxSide);
        if (model?.Guidance is { } guidance) Within("guidance_scale", known.GuidanceScale, guidance.Min, guidance.Max);
        return new ImageOrder(
            synapse.ModelName, synapse.Prompt, synapse.Seed, synapse.PipelineType, synapse.ConditionalImage, parameters, timeout);
    }

    /// <summary>A text's order.</summary>
    /// <exception cref="MinerWorkException">As for pictures.</exception>
    public TextOrder Read(TextGenerating synapse, TimeSpan timeout)
    {
        ArgumentNullException.ThrowIfNull(synapse);
        var model = policy.Find(synapse.ModelName);
        if (model is { Kind: not ModelKind.Text }) throw Refuse("model_name", "must name a model that writes text");
        CheckCommon(synapse.ModelName, synapse.PromptInput, "prompt_input", synapse.Seed, model);
        var parameters = Object(synapse.PipelineParams);
        Within("max_tokens", TextParameters.Read(parameters).MaxTokens, 1, model?.MaxTokens?.Max ?? MaxTokens);
        return new TextOrder(synapse.ModelName, synapse.PromptInput, synapse.Seed, parameters, timeout);
    }

    private static void CheckCommon(string name, string prompt, string promptField, long seed, ModelPolicy? model)
    {
        if (name.Length is 0 or > MaxName) throw Refuse("model_name", "must have 1 to 64 characters");
        var longest = model?.MaxPromptCharacters ?? MaxPrompt;
        if (prompt.Length == 0 || prompt.Length > longest) throw Refuse(promptField, $"must have 1 to {longest} characters");
        Within("seed", seed, 0, uint.MaxValue);
    }

    // Python peers may send null for an empty dictionary.
    private static JsonElement Object(JsonElement parameters)
    {
        if (parameters.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null) return JsonObjects.Empty;
        if (parameters.ValueKind != JsonValueKind.Object) throw Refuse("pipeline_params", "must be an object");
        if (parameters.GetPropertyCount() > MaxParameters) throw Refuse("pipeline_params", $"must have at most {MaxParameters} members");
        foreach (var member in parameters.EnumerateObject())
            if (LengthOf(member.Value) > MaxParameterCharacters)
                throw Refuse("pipeline_params", $"must have members of at most {MaxParameterCharacters} characters");
        return parameters;
    }

    private static int LengthOf(JsonElement value) =>
        System.Runtime.InteropServices.JsonMarshal.GetRawUtf8Value(value).Length;

    private static void Within(string field, double? value, double min, double max)
    {
        if (value is { } given && !(given >= min && given <= max))
            throw Refuse(field, string.Create(null, $"must be between {min} and {max}"));
    }

    private static MinerWorkException Refuse(string field, string rule) => new(WorkOutcome.BadRequest, $"'{field}' {rule}.");
}
