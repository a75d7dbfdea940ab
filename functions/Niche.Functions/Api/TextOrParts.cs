using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Niche.Functions.Api;

/// <summary>A message's content: a text, or a list of parts of which those of type <c>text</c> are put together.</summary>
public sealed class TextOrParts : JsonConverter<string?>
{
    /// <summary>The same as a JSON schema.</summary>
    public static JsonObject Schema() => new()
    {
        ["anyOf"] = new JsonArray(
            new JsonObject { ["type"] = new JsonArray("string", "null") },
            new JsonObject { ["type"] = "array", ["items"] = new JsonObject { ["type"] = "object", ["properties"] = new JsonObject { ["text"] = new JsonObject { ["type"] = "string" } } } }),
    };

    /// <inheritdoc/>
    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.String) return reader.GetString();
        using JsonDocument parts = JsonDocument.ParseValue(ref reader);
        if (parts.RootElement.ValueKind != JsonValueKind.Array) throw new JsonException("Content is a text or a list of parts.");
        StringBuilder text = new();
        foreach (JsonElement part in parts.RootElement.EnumerateArray())
        {
            if (part.ValueKind != JsonValueKind.Object) throw new JsonException("A part is an object.");
            if (part.TryGetProperty("text", out JsonElement value) && value.ValueKind == JsonValueKind.String) text.Append(value.GetString());
        }

        return text.ToString();
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, string? value, JsonSerializerOptions options) => writer.WriteStringValue(value);
}
