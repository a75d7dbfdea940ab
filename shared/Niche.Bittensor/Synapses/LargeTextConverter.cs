using System.Text.Json;
using System.Text.Json.Serialization;

namespace Niche.Bittensor.Synapses;

/// <summary>A <see cref="LargeText"/> as a JSON string, from and to bytes without a string in between.</summary>
internal sealed class LargeTextConverter : JsonConverter<LargeText>
{
    public override LargeText Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.String) throw new JsonException("A text is wanted.");
        var length = checked((int)(reader.HasValueSequence ? reader.ValueSequence.Length : reader.ValueSpan.Length));
        return LargeText.Create(length, reader, static (source, target) => source.CopyString(target));
    }

    public override void Write(Utf8JsonWriter writer, LargeText value, JsonSerializerOptions options) => writer.WriteStringValue(value.Utf8);
}
