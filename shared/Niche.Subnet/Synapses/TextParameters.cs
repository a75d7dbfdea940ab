using System.Text.Json;

namespace Niche.Subnet.Synapses;

/// <summary>The <c>pipeline_params</c> of <see cref="TextGenerating"/> that the subnet knows. Wrong types read as absent.</summary>
/// <param name="MaxTokens">Most tokens to generate.</param>
/// <param name="Temperature">Sampling temperature; 0 is greedy.</param>
/// <param name="TopP">Nucleus mass.</param>
/// <param name="Logprobs">Alternatives to report per token.</param>
/// <param name="Stop">Strings that end the text.</param>
public sealed record TextParameters(
    int? MaxTokens = null, double? Temperature = null, double? TopP = null, int? Logprobs = null, IReadOnlyList<string>? Stop = null)
{
    private const int MaxStops = 16, MaxStopCharacters = 256;

    /// <summary>Reads an object; never throws.</summary>
    public static TextParameters Read(JsonElement parameters) => new(
        Int(parameters, "max_tokens"),
        parameters.Number("temperature"),
        parameters.Number("top_p"),
        Int(parameters, "logprobs"),
        Stops(parameters));

    /// <summary>Writes the object, absent values left out.</summary>
    public JsonElement ToElement() => JsonObjects.From(this);

    private static int? Int(JsonElement parameters, string name) =>
        parameters.Whole(name) is { } whole and >= 0 and <= int.MaxValue ? (int)whole : null;

    // OpenAI clients send one string or a list.
    private static string[]? Stops(JsonElement parameters)
    {
        if (parameters.ValueKind != JsonValueKind.Object || !parameters.TryGetProperty("stop", out var stop)) return null;
        if (stop.AsText(MaxStopCharacters) is { } single) return [single];
        if (stop.ValueKind != JsonValueKind.Array || stop.GetArrayLength() > MaxStops) return null;
        return [.. stop.EnumerateArray().Select(s => s.AsText(MaxStopCharacters)).OfType<string>()];
    }
}
