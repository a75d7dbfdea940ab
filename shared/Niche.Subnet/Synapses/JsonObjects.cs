using System.Text.Json;
using System.Text.Json.Serialization;

namespace Niche.Subnet.Synapses;

/// <summary>Free-form JSON objects inside synapses. <see cref="JsonElement"/> rather than <c>JsonObject</c>: it is immutable, so a
/// synapse may be read by several threads.</summary>
public static class JsonObjects
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    /// <summary><c>{}</c>.</summary>
    public static JsonElement Empty { get; } = JsonSerializer.SerializeToElement(new Dictionary<string, string>());

    /// <summary>A record as an object with snake_case names, nulls left out.</summary>
    public static JsonElement From<T>(T value) => JsonSerializer.SerializeToElement(value, Options);

    internal static string? Text(this JsonElement element, string name, int maxLength = 2000) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) ? value.AsText(maxLength) : null;

    internal static string? AsText(this JsonElement value, int maxLength)
    {
        if (value.ValueKind != JsonValueKind.String) return null;
        try
        {
            return value.GetString() is { } text && text.Length <= maxLength ? text : null;
        }
        catch (InvalidOperationException)
        {
            // A lone surrogate escape: legal JSON grammar, but no text.
            return null;
        }
    }

    internal static double? Number(this JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value)
        && value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) && double.IsFinite(number)
            ? number
            : null;

    // Python peers may send 20.0 for 20.
    internal static long? Whole(this JsonElement element, string name) =>
        element.Number(name) is { } number && Math.Abs(number) <= 1L << 53 && number == Math.Truncate(number) ? (long)number : null;

    internal static bool? Flag(this JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value)
        && value.ValueKind is JsonValueKind.True or JsonValueKind.False
            ? value.ValueKind == JsonValueKind.True
            : null;
}
