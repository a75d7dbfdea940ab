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
    private const int MaxStops = 16;
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
        var field = fields.Find("model") is not null ? "model" : "model_name";
        var name = fields.Text(field, "", 200, "model_unknown");
        if (store.Find(ModelKind.Text, name) is not { } folder)
        {
            fields.Add(field, "model_unknown", "no such text model here",
                allowed: [.. store.Served.Where(f => f.Manifest.Kind == ModelKind.Text).Select(f => f.Manifest.Name)]);
            fields.ThrowIfAny();
            throw new InvalidOperationException("Unreachable: an error was just added.");
        }
        var request = ReadRequest(fields, folder.Manifest);
        var stream = fields.Flag("stream");
        fields.ThrowIfAny();
        var logprobs = fields.Find("logprobs") is not (null or { ValueKind: JsonValueKind.False });
        return new TextJob(folder.Manifest.Name, request, logprobs, stream);
    }

    private static TextRequest ReadRequest(FieldReader fields, ModelManifest manifest)
    {
        var tokens = manifest.Tokens is { } t ? new Bounds<long>(t.Min, t.Max, t.Default) : new Bounds<long>(1, 4096, 128);
        var sampling = manifest.Sampling ?? new SamplingDefaults(1, 0, 1);
        var topK = fields.Whole("top_k", new Bounds<long>(-1, 1_000_000, sampling.TopK), "top_k_out_of_range");
        return new TextRequest
        {
            Prompt = Prompt(fields),
            Seed = (uint)fields.Whole("seed", new Bounds<long>(0, uint.MaxValue, 0), "seed_out_of_range"),
            MaxTokens = (int)fields.Whole("max_tokens", tokens, "max_tokens_out_of_range"),
            MinTokens = (int)fields.Whole("min_tokens", new Bounds<long>(0, tokens.Max, 0), "min_tokens_out_of_range"),
            Temperature = fields.Number("temperature", new Bounds<double>(0, 5, sampling.Temperature), "temperature_out_of_range"),
            // vLLM writes -1 for "all".
            TopK = (int)Math.Max(0, topK),
            TopP = fields.Number("top_p", new Bounds<double>(0.0001, 1, sampling.TopP), "top_p_out_of_range"),
            Stop = Stops(fields),
            TopLogprobs = fields.Find("logprobs") is { ValueKind: JsonValueKind.True or JsonValueKind.False }
                ? 0
                : (int)fields.Whole("logprobs", new Bounds<long>(0, 100, 0), "logprobs_out_of_range"),
        };
    }

    private static string Prompt(FieldReader fields)
    {
        if (fields.Find("prompt_input") is not null) return fields.Text("prompt_input", "", PromptLength, "prompt_too_long");
        if (fields.Find("prompt") is not { } prompt)
        {
            fields.Add("prompt", "prompt_missing", "is required");
            return "";
        }
        if (prompt.ValueKind != JsonValueKind.Array) return fields.Text("prompt", "", PromptLength, "prompt_too_long");
        if (prompt.GetArrayLength() == 1 && JsonText.Read(prompt[0]) is { } text)
        {
            if (text.Length <= PromptLength) return text;
            fields.Add("prompt", "prompt_too_long", $"has {text.Length} characters; at most {PromptLength} are allowed", max: PromptLength);
            return "";
        }
        return fields.Wrong("prompt", "a string or a list of exactly one string", "");
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
