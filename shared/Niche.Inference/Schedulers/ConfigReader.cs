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

    public int Whole(string name, int otherwise, int least, int most)
    {
        if (Find(name) is not { } value) return Math.Clamp(otherwise, least, most);
        var number = ToWhole(name, value);
        return number >= least && number <= most ? number : throw new FormatException($"{name} is {number}; allowed are {least} to {most}");
    }

    public double Number(string name, double otherwise) => OptionalNumber(name) ?? otherwise;

    /// <summary>Null when absent; infinities are written as text by some exporters and count as absent.</summary>
    public double? OptionalNumber(string name)
    {
        if (Find(name) is not { } value) return null;
        if (value.ValueKind == JsonValueKind.String && value.GetString() is "-Infinity" or "-inf" or "Infinity" or "inf") return null;
        return ToNumber(name, value);
    }

    public int[] Wholes(string name, int most) => [.. Items(name, most).Select(value => ToWhole(name, value))];

    public double[] Numbers(string name, int most) => [.. Items(name, most).Select(value => ToNumber(name, value))];

    public T Choice<T>(string name, string otherwise, params ReadOnlySpan<(string Name, T Value)> choices)
    {
        var text = Text(name, otherwise);
        foreach (var (key, value) in choices)
        {
            if (key == text) return value;
        }
        throw new FormatException($"{name} is '{text}', which is not supported");
    }

    private JsonElement.ArrayEnumerator Items(string name, int most)
    {
        if (Find(name) is not { } value) return default;
        return value.ValueKind == JsonValueKind.Array && value.GetArrayLength() <= most ? value.EnumerateArray() : throw Wrong(name, $"a list of at most {most}");
    }

    private static int ToWhole(string name, JsonElement value) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) ? number : throw Wrong(name, "a whole number");

    private static double ToNumber(string name, JsonElement value) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) && double.IsFinite(number) ? number : throw Wrong(name, "a number");

    private static FormatException Wrong(string name, string expected) => new($"{name} must be {expected}");

    private JsonElement? Find(string name) =>
        root.ValueKind == JsonValueKind.Object && root.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null
            ? value
            : null;
}
