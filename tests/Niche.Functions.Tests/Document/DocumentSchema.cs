using System.Text.Json;
using System.Text.Json.Nodes;

namespace Niche.Functions.Tests.Document;

/// <summary>
/// Holds a value against a schema of an OpenAPI document: required members, types, lists of values, references. A small part of JSON Schema, which is
/// what the documents here use.
/// </summary>
internal sealed class DocumentSchema
{
    private readonly JsonNode _document;

    private DocumentSchema(JsonNode document) => _document = document;

    /// <summary>Everything in which the value is not what the schema says, as path and words.</summary>
    public static IReadOnlyList<string> Differences(JsonNode document, JsonNode schema, JsonNode? value)
    {
        List<string> found = [];
        new DocumentSchema(document).Check(schema, value, "$", found);
        return found;
    }

    private void Check(JsonNode schema, JsonNode? value, string path, List<string> found)
    {
        schema = Resolve(schema);
        if (Alternatives(schema) is { } alternatives)
        {
            if (alternatives.All(one => Count(one!, value, path) > 0)) found.Add($"{path}: fits none of the alternatives");
            return;
        }

        foreach (JsonNode? part in schema["allOf"]?.AsArray() ?? []) Check(part!, value, path, found);
        if (value is null && (bool?)schema["nullable"] == true) return;
        if (Types(schema) is { Count: > 0 } types && !types.Contains(TypeOf(value)) && !(TypeOf(value) == "integer" && types.Contains("number")))
        {
            found.Add($"{path}: {TypeOf(value)} where {string.Join(" or ", types)} is due");
            return;
        }

        if (schema["enum"] is JsonArray values && !values.Any(allowed => JsonNode.DeepEquals(allowed, value))) found.Add($"{path}: {value?.ToJsonString()} is not in the list");
        if (value is JsonObject members) CheckMembers(schema, members, path, found);
        if (value is JsonArray items && schema["items"] is { } item)
            for (int i = 0; i < items.Count; i++) Check(item, items[i], $"{path}[{i}]", found);
    }

    private void CheckMembers(JsonNode schema, JsonObject members, string path, List<string> found)
    {
        foreach (JsonNode? name in schema["required"]?.AsArray() ?? [])
            if (!members.ContainsKey((string)name!)) found.Add($"{path}: {name} is missing");
        foreach ((string name, JsonNode? property) in schema["properties"]?.AsObject() ?? [])
            if (members.ContainsKey(name)) Check(property!, members[name], $"{path}.{name}", found);
    }

    private int Count(JsonNode schema, JsonNode? value, string path)
    {
        List<string> found = [];
        Check(schema, value, path, found);
        return found.Count;
    }

    private JsonNode Resolve(JsonNode schema)
    {
        while ((string?)schema["$ref"] is { } reference)
            schema = reference[2..].Split('/').Aggregate(_document, (node, name) => node[name]!);
        return schema;
    }

    private static JsonArray? Alternatives(JsonNode schema) => (schema["anyOf"] ?? schema["oneOf"]) as JsonArray;

    private static List<string> Types(JsonNode schema) => schema["type"] switch
    {
        JsonArray many => [.. many.Select(type => (string)type!)],
        JsonValue one => [(string)one!],
        _ => [],
    };

    private static string TypeOf(JsonNode? value) => value?.GetValueKind() switch
    {
        null or JsonValueKind.Null => "null",
        JsonValueKind.Object => "object",
        JsonValueKind.Array => "array",
        JsonValueKind.String => "string",
        JsonValueKind.Number => value.ToJsonString().AsSpan().IndexOfAny(".eE") < 0 ? "integer" : "number",
        _ => "boolean",
    };
}
