using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Niche.Bittensor.Keys;

namespace Niche.Bittensor.Chain.Values;

/// <summary>
/// Shows values as JSON for people and programs: accounts as SS58, bytes as 0x text, integers above 2^53 as text (so that no reader rounds
/// them), a variant without fields as its name and with fields as an object of one member, None as null.
/// </summary>
public static class ScaleValueJson
{
    private const long ExactInDouble = 1L << 53;

    // Values go to terminals and files, never into HTML: names in any script stay readable.
    private static readonly JavaScriptEncoder Readable = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;

    /// <summary>The value as JSON text.</summary>
    public static string Render(ScaleValue value, bool indented = false)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = indented, Encoder = Readable, MaxDepth = 512 }))
            Write(writer, value);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>Writes the value where the writer stands.</summary>
    public static void Write(Utf8JsonWriter writer, ScaleValue value)
    {
        switch (value)
        {
            case ScaleValue.Number { Value: var number } when number >= -ExactInDouble && number <= ExactInDouble: writer.WriteNumberValue((long)number); break;
            case ScaleValue.Number integer: writer.WriteStringValue(integer.Value.ToString(CultureInfo.InvariantCulture)); break;
            case ScaleValue.Boolean boolean: writer.WriteBooleanValue(boolean.Value); break;
            case ScaleValue.Text text: writer.WriteStringValue(text.Value); break;
            case ScaleValue.Bytes bytes: writer.WriteStringValue("0x" + Convert.ToHexStringLower(bytes.Value.Span)); break;
            case ScaleValue.Account account: writer.WriteStringValue(Ss58.Encode(account.PublicKey.Span)); break;
            case ScaleValue.Sequence sequence: WriteAll(writer, sequence.Items); break;
            case ScaleValue.Composite composite: WriteFields(writer, composite.Fields); break;
            case ScaleValue.Variant { Fields: ScaleValue.Sequence { Items.Count: 0 } } variant: writer.WriteStringValue(variant.Name); break;
            case ScaleValue.Variant variant: WriteVariant(writer, variant); break;
            case ScaleValue.Optional { Value: { } some }: Write(writer, some); break;
            case ScaleValue.Optional: writer.WriteNullValue(); break;
            case ScaleValue.Bits bits: writer.WriteStringValue("0b" + string.Concat(bits.Value.Select(bit => bit ? '1' : '0'))); break;
        }
    }

    private static void WriteAll(Utf8JsonWriter writer, IReadOnlyList<ScaleValue> items)
    {
        writer.WriteStartArray();
        foreach (var item in items) Write(writer, item);
        writer.WriteEndArray();
    }

    private static void WriteFields(Utf8JsonWriter writer, IReadOnlyList<KeyValuePair<string, ScaleValue>> fields)
    {
        writer.WriteStartObject();
        foreach (var (name, field) in fields)
        {
            writer.WritePropertyName(name);
            Write(writer, field);
        }

        writer.WriteEndObject();
    }

    private static void WriteVariant(Utf8JsonWriter writer, ScaleValue.Variant variant)
    {
        writer.WriteStartObject();
        writer.WritePropertyName(variant.Name);
        Write(writer, variant.Fields is ScaleValue.Sequence { Items: [var only] } ? only : variant.Fields);
        writer.WriteEndObject();
    }
}
