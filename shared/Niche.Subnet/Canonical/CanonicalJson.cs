using System.Buffers;
using System.Text.Json;
using System.Text.Encodings.Web;

namespace Niche.Subnet.Canonical;

/// <summary>
/// One byte string per JSON value: members sorted by ordinal name, no white space, numbers and texts as the value has them. Signatures
/// and digests are taken over it, so that a document may be indented or reordered on its way.
/// </summary>
public static class CanonicalJson
{
    /// <summary>The canonical bytes.</summary>
    /// <exception cref="JsonException">An object holds a member twice: readers would disagree on what was signed.</exception>
    public static byte[] Write(JsonElement element)
    {
        var buffer = new ArrayBufferWriter<byte>();
        // Relaxed: what must be escaped is escaped, everything else is itself, on every platform.
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            Write(writer, element);
        }

        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>The canonical bytes of a value as these options write it.</summary>
    public static byte[] Write<T>(T value, JsonSerializerOptions options) => Write(JsonSerializer.SerializeToElement(value, options));

    private static void Write(Utf8JsonWriter writer, JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                WriteObject(writer, element);
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var item in element.EnumerateArray()) Write(writer, item);
                writer.WriteEndArray();
                break;
            default:
                element.WriteTo(writer);
                break;
        }
    }

    private static void WriteObject(Utf8JsonWriter writer, JsonElement element)
    {
        var members = element.EnumerateObject().ToArray();
        Array.Sort(members, (a, b) => string.CompareOrdinal(a.Name, b.Name));
        writer.WriteStartObject();
        for (var i = 0; i < members.Length; i++)
        {
            if (i > 0 && members[i].Name == members[i - 1].Name) throw new JsonException($"Member '{members[i].Name}' appears twice.");
            writer.WritePropertyName(members[i].Name);
            Write(writer, members[i].Value);
        }

        writer.WriteEndObject();
    }
}
