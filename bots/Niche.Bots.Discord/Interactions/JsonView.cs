using System.Globalization;
using System.Text.Json;

namespace Niche.Bots.Discord.Interactions;

/// <summary>Bounded look at a JSON object of a stranger: what is absent or null is null, what has the wrong type or size throws <see cref="DiscordFormatException"/>.</summary>
internal readonly struct JsonView
{
    private readonly JsonElement _object;

    public JsonView(JsonElement element) => _object = element.ValueKind == JsonValueKind.Object ? element : throw new DiscordFormatException("An object was expected.");

    /// <summary>Options of every reader of Discord's JSON.</summary>
    public static JsonDocumentOptions Strict { get; } = new() { MaxDepth = 48, AllowDuplicateProperties = false };

    /// <summary>Members by name.</summary>
    public IEnumerable<(string Name, JsonElement Value)> Members
    {
        get
        {
            foreach (JsonProperty member in _object.EnumerateObject()) yield return (member.Name, member.Value);
        }
    }

    public JsonElement? Any(string name) =>
        _object.TryGetProperty(name, out JsonElement value) && value.ValueKind is not (JsonValueKind.Null or JsonValueKind.Undefined) ? value : null;

    public JsonView? Object(string name) => Any(name) is { } value ? new JsonView(value) : null;

    public JsonView Required(string name) => Object(name) ?? throw Missing(name);

    public string? Text(string name, int max)
    {
        if (Any(name) is not { } value) return null;
        if (value.ValueKind != JsonValueKind.String) throw new DiscordFormatException($"'{name}' is no text.");
        string text = value.GetString()!;
        return text.Length <= max ? text : throw new DiscordFormatException($"'{name}' has more than {max} characters.");
    }

    public string RequiredText(string name, int max) => Text(name, max) is { Length: > 0 } text ? text : throw Missing(name);

    public ulong? Id(string name) => Any(name) is { } value ? ParseId(value, name) : null;

    public ulong RequiredId(string name) => Id(name) ?? throw Missing(name);

    public long? Integer(string name) => Any(name) is not { } value ? null
        : value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out long number) ? number : throw new DiscordFormatException($"'{name}' is no integer.");

    public bool Flag(string name) => Any(name) is { } value && (value.ValueKind is JsonValueKind.True or JsonValueKind.False
        ? value.GetBoolean() : throw new DiscordFormatException($"'{name}' is not true or false."));

    public IReadOnlyList<JsonElement> Items(string name, int max)
    {
        if (Any(name) is not { } value) return [];
        if (value.ValueKind != JsonValueKind.Array) throw new DiscordFormatException($"'{name}' is no list.");
        return value.GetArrayLength() <= max ? [.. value.EnumerateArray()] : throw new DiscordFormatException($"'{name}' has more than {max} items.");
    }

    /// <summary>Permission bits, which come as decimal text.</summary>
    public ulong Bits(string name) => Any(name) is { } value ? ParseId(value, name) : 0;

    private static ulong ParseId(JsonElement value, string name) =>
        value.ValueKind == JsonValueKind.String && value.GetString() is { Length: <= 20 } text
        && ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out ulong id) ? id : throw new DiscordFormatException($"'{name}' is no snowflake.");

    private static DiscordFormatException Missing(string name) => new($"'{name}' is missing.");
}
