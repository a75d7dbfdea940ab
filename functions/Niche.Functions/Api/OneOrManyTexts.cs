using System.Text.Json;
using System.Text.Json.Serialization;

namespace Niche.Functions.Api;

/// <summary>A string where a list of strings is meant, or the list.</summary>
public sealed class OneOrManyTexts : JsonConverter<IReadOnlyList<string>?>
{
    // What is over the limit is refused by the validator; reading on would only cost memory.
    private const int MostRead = 64;

    /// <inheritdoc/>
    public override IReadOnlyList<string>? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.String) return [reader.GetString()!];
        if (reader.TokenType != JsonTokenType.StartArray) throw new JsonException("A string or a list of strings.");
        List<string> texts = [];
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType != JsonTokenType.String || texts.Count == MostRead) throw new JsonException("A short list of strings.");
            texts.Add(reader.GetString()!);
        }

        return texts;
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, IReadOnlyList<string>? value, JsonSerializerOptions options) =>
        JsonSerializer.Serialize(writer, value, options);
}
