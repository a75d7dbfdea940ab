using System.Text.Json;
using System.Text.Json.Nodes;

namespace Niche.Bots.Discord.Commands;

/// <summary>Compares commands as we want them with commands as Discord returns them, which adds members and writes defaults out.</summary>
internal static class CommandComparison
{
    private static readonly string[] Members =
    [
        "type", "name", "name_localizations", "description", "description_localizations", "default_member_permissions", "contexts", "integration_types",
        "options", "required", "autocomplete", "choices", "value", "min_length", "max_length", "min_value", "max_value",
    ];

    /// <summary>True when Discord has these commands, in whatever order.</summary>
    public static bool IsSame(JsonArray wanted, JsonElement existing) =>
        existing.ValueKind == JsonValueKind.Array
        && wanted.Select(command => Canonical(JsonSerializer.SerializeToElement(command))).Order(StringComparer.Ordinal)
            .SequenceEqual(existing.EnumerateArray().Select(Canonical).Order(StringComparer.Ordinal), StringComparer.Ordinal);

    private static string Canonical(JsonElement command) => Reduce(command).ToJsonString();

    private static JsonObject Reduce(JsonElement element)
    {
        JsonObject reduced = [];
        if (element.ValueKind != JsonValueKind.Object) return reduced;
        foreach (string member in Members)
        {
            if (!element.TryGetProperty(member, out JsonElement value) || IsDefault(member, value)) continue;
            reduced[member] = member switch
            {
                "options" or "choices" when value.ValueKind == JsonValueKind.Array => new JsonArray([.. value.EnumerateArray().Select(Reduce)]),
                "contexts" or "integration_types" => string.Join(',', value.EnumerateArray().Select(item => item.GetRawText()).Order(StringComparer.Ordinal)),
                "name_localizations" or "description_localizations" => Sorted(value),
                // Asked for as a number, answered as text.
                "default_member_permissions" => value.ToString(),
                _ => JsonNode.Parse(value.ValueKind == JsonValueKind.Number ? value.GetDouble().ToString("R", System.Globalization.CultureInfo.InvariantCulture) : value.GetRawText()),
            };
        }

        return reduced;
    }

    private static JsonObject Sorted(JsonElement texts) => new(texts.EnumerateObject().OrderBy(text => text.Name, StringComparer.Ordinal)
        .Select(text => KeyValuePair.Create<string, JsonNode?>(text.Name, text.Value.ToString())));

    private static bool IsDefault(string member, JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null or JsonValueKind.False => member != "value",
        JsonValueKind.Array => value.GetArrayLength() == 0,
        JsonValueKind.Object => !value.EnumerateObject().Any(),
        JsonValueKind.String => member == "description" && value.GetString()!.Length == 0,
        _ => false,
    };
}
