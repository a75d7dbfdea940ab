using System.Text.Json;
using Niche.Miner.Work;

namespace Niche.Miner.Endpoints;

/// <summary>Bodies of <c>POST /generate</c> as stock miners send them.</summary>
internal static class EndpointBody
{
    // Anything else in a caller's parameters could override fields that are the miner's to set: model, timeout, stream.
    private static readonly string[] TextParameterNames =
        ["max_tokens", "min_tokens", "temperature", "top_p", "top_k", "logprobs", "stop"];

    public static Dictionary<string, object> Of(ImageOrder order, TimeSpan timeout) => new()
    {
        ["prompt"] = order.Prompt,
        ["seed"] = order.Seed,
        ["model_name"] = order.Model,
        ["pipeline_type"] = order.Pipeline,
        ["pipeline_params"] = order.Parameters,
        ["conditional_image"] = order.ConditionalImage,
        ["timeout"] = Seconds(timeout),
    };

    public static Dictionary<string, object> Of(TextOrder order, TimeSpan timeout, bool stream)
    {
        var body = new Dictionary<string, object>
        {
            ["model"] = order.Model,
            ["prompt"] = new[] { order.Prompt },
            ["seed"] = order.Seed,
            ["timeout"] = Seconds(timeout),
        };
        foreach (var name in TextParameterNames)
            if (order.Parameters.ValueKind == JsonValueKind.Object && order.Parameters.TryGetProperty(name, out var value))
                body[name] = value;
        if (stream) body["stream"] = true;
        return body;
    }

    private static double Seconds(TimeSpan timeout) => Math.Max(0.001, Math.Round(timeout.TotalSeconds, 3));
}
