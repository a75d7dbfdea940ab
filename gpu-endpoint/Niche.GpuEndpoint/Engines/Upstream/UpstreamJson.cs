using System.Text.Json;
using Niche.GpuEndpoint.Requests;
using Niche.Inference.Models;

namespace Niche.GpuEndpoint.Engines.Upstream;

/// <summary>Reads of a server's JSON; whatever is not as it must be is an <see cref="UpstreamException"/>.</summary>
internal static class UpstreamJson
{
    private const int Deepest = 32;

    public static JsonElement Parse(ReadOnlyMemory<byte> json)
    {
        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = Deepest });
            JsonEscapes.Check(json.Span, namesOnly: true);
            return document.RootElement.ValueKind == JsonValueKind.Object ? document.RootElement.Clone() : throw UpstreamException.Invalid("JSON that is no object");
        }
        catch (JsonException e)
        {
            throw UpstreamException.Invalid("it is not JSON", e);
        }
    }

    /// <summary>A property, or null when it is absent or null.</summary>
    public static JsonElement? Find(JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    public static string? Text(JsonElement json, string name) => Find(json, name) is not { } value ? null
        : JsonText.Read(value) ?? throw UpstreamException.Invalid($"'{name}' is no text");

    public static int? Count(JsonElement json, string name) => Find(json, name) is not { } value ? null
        : value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) && number >= 0 ? number : throw UpstreamException.Invalid($"'{name}' is no count");

    public static IReadOnlyList<JsonElement> Items(JsonElement json, string name) => Find(json, name) is not { } value ? []
        : value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray()] : throw UpstreamException.Invalid($"'{name}' is no list");

    public static double Logprob(JsonElement value) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) && double.IsFinite(number) && number <= 1e-3
            ? Math.Min(number, 0)
            : throw UpstreamException.Invalid("a log-probability that is none");
}
