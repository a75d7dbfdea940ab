using System.Globalization;
using System.Text.Json;
using Niche.GpuEndpoint.Engines;
using Niche.GpuEndpoint.Models;
using Niche.Inference.Models;
using Niche.Inference.Text;

namespace Niche.GpuEndpoint.Requests;

/// <summary>Checks the text form of <c>/generate</c> against the manifest of the model it names.</summary>
internal static class TextRequestReader
{
    private const int PromptLength = 2000;
    private const int CharactersOfToken = 16;
    private const int UnknownContext = 1 << 15;
    private const int MaxStops = 16;
    private const int MaxBiases = 300;
    private const int StopLength = 100;

    /// <summary>
    /// Whether a body is of the text form: it says <c>model</c> or <c>prompt_input</c>, sends prompts as a list, or names a text model.
    /// </summary>
    public static bool Claims(FieldReader fields, ModelStore store) =>
        fields.Find("model") is not null
        || fields.Find("prompt_input") is not null
        || fields.Find("prompt") is { ValueKind: JsonValueKind.Array }
        || (fields.Find("model_name") is { } name && JsonText.Read(name) is { Length: > 0 } text
            && store.Find(ModelKind.Text, text) is not null);

    public static TextJob Read(FieldReader fields, ModelStore store)
    {
        var folder = Model(fields, store);
        return Read(fields, folder, "max_tokens", Prompt(fields, folder.Manifest));
    }

    /// <summary>A job for a prompt that was read already.</summary>
    /// <param name="fields">The body.</param>
    /// <param name="folder">The model.</param>
    /// <param name="limit">Name of the field with the most new tokens.</param>
    /// <param name="prompt">The prompt.</param>
    public static TextJob Read(FieldReader fields, ModelFolder folder, string limit, string prompt)
    {
        var manifest = folder.Manifest;
        var request = ReadRequest(fields, manifest, limit, prompt);
        var stream = fields.Flag("stream");
        fields.ThrowIfAny();
        var logprobs = fields.Find("logprobs") is not (null or { ValueKind: JsonValueKind.False }) || request.TopLogprobs > 0;
        return new TextJob(manifest.Name, request, logprobs, stream);
    }

    /// <summary>Seed and rules of a text that is there already.</summary>
    public static TextRequest Rules(FieldReader fields, ModelManifest manifest, string prompt) => ReadRequest(fields, manifest, "max_tokens", prompt);

    /// <summary>The served text model that the body names.</summary>
    /// <exception cref="InvalidRequestException">There is none.</exception>
    public static ModelFolder Model(FieldReader fields, ModelStore store)
    {
        var field = fields.Find("model") is not null ? "model" : "model_name";
        if (store.Find(ModelKind.Text, fields.Text(field, "", 200, "model_unknown")) is { } folder) return folder;
        fields.Add(field, "model_unknown", "no such text model here",
            allowed: [.. store.Served.Where(f => f.Manifest.Kind == ModelKind.Text).Select(f => f.Manifest.Name)]);
        fields.ThrowIfAny();
        throw new InvalidOperationException("Unreachable: an error was just added.");
    }

    /// <summary>Most characters of a text. The exact limit is the model's, in tokens; this one only keeps nonsense out.</summary>
    public static int MostCharacters(ModelManifest manifest) => Math.Max(PromptLength, CharactersOfToken * (manifest.Context ?? UnknownContext));

    /// <summary>The prompt in any of its forms.</summary>
    public static string Prompt(FieldReader fields, ModelManifest manifest)
    {
        var most = MostCharacters(manifest);
        if (fields.Find("prompt_input") is not null) return fields.Text("prompt_input", "", most, "prompt_too_long");
        if (fields.Find("prompt") is not { } prompt)
        {
            fields.Add("prompt", "prompt_missing", "is required");
            return "";
        }
        if (prompt.ValueKind != JsonValueKind.Array) return fields.Text("prompt", "", most, "prompt_too_long");
        if (prompt.GetArrayLength() == 1 && JsonText.Read(prompt[0]) is { } text)
        {
            if (text.Length <= most) return text;
            fields.Add("prompt", "prompt_too_long", $"has {text.Length} characters; at most {most} are allowed", max: most);
            return "";
        }
        return fields.Wrong("prompt", "a string or a list of exactly one string", "");
    }

    private static TextRequest ReadRequest(FieldReader fields, ModelManifest manifest, string limit, string prompt)
    {
        var tokens = manifest.Tokens is { } t ? new Bounds<long>(t.Min, t.Max, t.Default) : new Bounds<long>(1, 4096, 128);
        var sampling = manifest.Sampling ?? new SamplingDefaults(1, 0, 1);
        var topK = fields.Whole("top_k", new Bounds<long>(-1, 1_000_000, sampling.TopK), "top_k_out_of_range");
        return new TextRequest
        {
            Prompt = prompt,
            Seed = (uint)fields.Whole("seed", new Bounds<long>(0, uint.MaxValue, 0), "seed_out_of_range"),
            MaxTokens = (int)fields.Whole(limit, tokens, "max_tokens_out_of_range"),
            MinTokens = (int)fields.Whole("min_tokens", new Bounds<long>(0, tokens.Max, 0), "min_tokens_out_of_range"),
            Temperature = fields.Number("temperature", new Bounds<double>(0, 5, sampling.Temperature), "temperature_out_of_range"),
            // vLLM writes -1 for "all".
            TopK = (int)Math.Max(0, topK),
            TopP = fields.Number("top_p", new Bounds<double>(0.0001, 1, sampling.TopP), "top_p_out_of_range"),
            MinP = fields.Number("min_p", new Bounds<double>(0, 1, 0), "min_p_out_of_range"),
            RepetitionPenalty = fields.Number("repetition_penalty", new Bounds<double>(0.01, 100, 1), "repetition_penalty_out_of_range"),
            PresencePenalty = fields.Number("presence_penalty", new Bounds<double>(-2, 2, 0), "presence_penalty_out_of_range"),
            FrequencyPenalty = fields.Number("frequency_penalty", new Bounds<double>(-2, 2, 0), "frequency_penalty_out_of_range"),
            LogitBias = Biases(fields),
            Stop = Stops(fields),
            TopLogprobs = TopLogprobs(fields),
        };
    }

    // Completions say how many with "logprobs"; chats say that they want them with "logprobs" and how many with "top_logprobs".
    private static int TopLogprobs(FieldReader fields)
    {
        var most = new Bounds<long>(0, 100, 0);
        var isFlag = fields.Find("logprobs") is null or { ValueKind: JsonValueKind.True or JsonValueKind.False };
        return (int)(isFlag ? fields.Whole("top_logprobs", most, "logprobs_out_of_range") : fields.Whole("logprobs", most, "logprobs_out_of_range"));
    }

    private static Dictionary<int, double> Biases(FieldReader fields)
    {
        var biases = new Dictionary<int, double>();
        if (fields.Find("logit_bias") is not { } json) return biases;
        JsonProperty[] items = json.ValueKind == JsonValueKind.Object ? [.. json.EnumerateObject().Take(MaxBiases + 1)] : [];
        foreach (var item in items)
        {
            if (int.TryParse(item.Name, NumberStyles.None, CultureInfo.InvariantCulture, out var id) && item.Value.ValueKind == JsonValueKind.Number
                && item.Value.GetDouble() is >= -100 and <= 100) biases[id] = item.Value.GetDouble();
        }
        if (json.ValueKind != JsonValueKind.Object || items.Length > MaxBiases || biases.Count != items.Length)
            fields.Add("logit_bias", "logit_bias_invalid", $"must be an object of up to {MaxBiases} token ids, each with a number from -100 to 100");
        return biases;
    }

    private static string[] Stops(FieldReader fields)
    {
        if (fields.Find("stop") is not { } stop) return [];
        JsonElement[] items = stop.ValueKind == JsonValueKind.Array ? [.. stop.EnumerateArray().Take(MaxStops + 1)] : [stop];
        if (items.Length <= MaxStops && items.All(i => JsonText.Read(i) is { Length: > 0 and <= StopLength }))
        {
            return [.. items.Select(i => JsonText.Read(i)!)];
        }
        fields.Add("stop", "stop_invalid", $"must be a string or a list of up to {MaxStops} strings of 1 to {StopLength} characters");
        return [];
    }
}
