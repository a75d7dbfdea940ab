using System.Text.Json;

namespace Niche.Inference.Schedulers;

/// <summary>Typed reads of an optional JSON property; absent and null take the default.</summary>
internal readonly struct ConfigReader(JsonElement root)
{
    public bool Has(string name) => Find(name) is not null;

    public string Text(string name, string otherwise) =>
        Find(name) is not { } value ? otherwise
        : value.ValueKind == JsonValueKind.String ? value.GetString()!
        : throw Wrong(name, "a string");

    public bool Flag(string name, bool otherwise) =>
        Find(name) is not { } value ? otherwise
        : value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetBoolean()
        : throw Wrong(name, "true or false");

    public int Whole(string name, int otherwise) =>
        Find(name) is not { } value ? otherwise
        : value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) ? number
        : throw Wrong(name, "a whole number");

    public double Number(string name, double otherwise) =>
        Find(name) is not { } value ? otherwise
        : value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) && double.IsFinite(number) ? number
        : throw Wrong(name, "a number");

    public T Choice<T>(string name, string otherwise, params ReadOnlySpan<(string Name, T Value)> choices)
    {
        var text = Text(name, otherwise);
        foreach (var (key, value) in choices)
        {
            if (key == text) return value;
        }
        throw new FormatException($"{name} is '{text}', which is not supported");
    }

    private static FormatException Wrong(string name, string expected) => new($"{name} must be {expected}");

    private JsonElement? Find(string name) =>
        root.ValueKind == JsonValueKind.Object && root.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null
            ? value
            : null;
}
