using System.Globalization;
using System.Text.Json.Nodes;
using Niche.Inference.Text;

namespace Niche.GpuEndpoint.Engines.Upstream;

/// <summary>Writes requests. What a server does not know it would ignore in silence, so that is refused here instead.</summary>
internal static class UpstreamBody
{
    public static JsonObject Of(TextJob job, string model, UpstreamDialect dialect)
    {
        var request = job.Request;
        var body = new JsonObject
        {
            ["model"] = model, ["max_tokens"] = request.MaxTokens, ["stream"] = job.Stream,
        };
        if (job.Stream) body["stream_options"] = new JsonObject { ["include_usage"] = true };
        if (request.Stop.Count > 0) body["stop"] = new JsonArray([.. request.Stop.Select(stop => JsonValue.Create(stop))]);
        // llama.cpp's server takes the largest seed for "any".
        if (dialect == UpstreamDialect.LlamaCpp && request.Seed == uint.MaxValue) throw UpstreamException.NotSupported($"the seed {uint.MaxValue}");
        AddRules(body, request, dialect);
        if (dialect == UpstreamDialect.Vllm) body["return_token_ids"] = true;
        AddText(body, job, dialect);
        return body;
    }

    /// <summary>Adds the seed and the rules that tokens are drawn with.</summary>
    public static void AddRules(JsonObject body, TextRequest request, UpstreamDialect dialect)
    {
        (body["temperature"], body["top_p"], body["seed"]) = (request.Temperature, request.TopP, request.Seed);
        if (request.PresencePenalty != 0) body["presence_penalty"] = request.PresencePenalty;
        if (request.FrequencyPenalty != 0) body["frequency_penalty"] = request.FrequencyPenalty;
        if (request.LogitBias.Count > 0)
            body["logit_bias"] = new JsonObject(request.LogitBias.Select(pair => KeyValuePair.Create(pair.Key.ToString(CultureInfo.InvariantCulture), (JsonNode?)pair.Value)));
        AddExtras(body, request, dialect);
    }

    private static void AddExtras(JsonObject body, TextRequest request, UpstreamDialect dialect)
    {
        if (request.TopK > 0) body["top_k"] = Known(dialect != UpstreamDialect.Common, request.TopK, "top_k");
        if (request.MinP > 0) body["min_p"] = Known(dialect != UpstreamDialect.Common, request.MinP, "min_p");
        if (request.MinTokens > 0) body["min_tokens"] = Known(dialect is UpstreamDialect.Vllm or UpstreamDialect.Niche, request.MinTokens, "min_tokens");
        if (request.RepetitionPenalty != 1)
        {
            var name = dialect == UpstreamDialect.LlamaCpp ? "repeat_penalty" : "repetition_penalty";
            body[name] = Known(dialect != UpstreamDialect.Common, request.RepetitionPenalty, "repetition_penalty");
        }
    }

    private static void AddText(JsonObject body, TextJob job, UpstreamDialect dialect)
    {
        // llama.cpp's server takes 0 for none at all.
        var top = Math.Max(job.Request.TopLogprobs, dialect == UpstreamDialect.LlamaCpp ? 1 : 0);
        if (job.Chat is null)
        {
            body["prompt"] = job.Request.Prompt;
            if (job.Logprobs) body["logprobs"] = top;
            return;
        }
        if (!job.Chat.AddGenerationPrompt) throw UpstreamException.NotSupported("chats without a generation prompt");
        body["messages"] = JsonNode.Parse(job.Chat.Messages.GetRawText());
        if (job.Logprobs) (body["logprobs"], body["top_logprobs"]) = (true, top);
        if (job.Chat.Variables.ContainsKey("tools")) throw UpstreamException.NotSupported("tools through this endpoint");
        if (job.Chat.Variables.Count == 0) return;
        if (dialect == UpstreamDialect.Common) throw UpstreamException.NotSupported("chat_template_kwargs");
        body["chat_template_kwargs"] = new JsonObject(job.Chat.Variables.Select(pair => KeyValuePair.Create(pair.Key, JsonNode.Parse(pair.Value.GetRawText()))));
    }

    private static JsonNode Known<T>(bool known, T value, string name) => known ? JsonValue.Create(value)! : throw UpstreamException.NotSupported(name);
}
