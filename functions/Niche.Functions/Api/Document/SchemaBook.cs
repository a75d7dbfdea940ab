using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization.Metadata;

namespace Niche.Functions.Api.Document;

/// <summary>Schemas of the types on the wire, made by the serializer that writes them; each type once, by name.</summary>
public sealed class SchemaBook
{
    private readonly SortedDictionary<string, JsonNode> _schemas = new(StringComparer.Ordinal);
    private readonly HashSet<Type> _known = [];

    /// <summary>All schemas so far, for <c>components/schemas</c>.</summary>
    public JsonObject ToJson()
    {
        JsonObject schemas = [];
        foreach ((string name, JsonNode schema) in _schemas) schemas[name] = schema.DeepClone();
        return schemas;
    }

    /// <summary>The schema of a type, to change before <see cref="ToJson"/>.</summary>
    public JsonObject this[Type type] => (JsonObject)_schemas[type.Name];

    /// <summary>Adds a type with all that it holds.</summary>
    /// <returns>A reference to it.</returns>
    public JsonObject Add(Type type)
    {
        if (_known.Add(type))
        {
            Queue<Type> inner = new();
            JsonSchemaExporterOptions options = new() { TreatNullObliviousAsNonNullable = true, TransformSchemaNode = (context, node) => Refer(context, node, inner) };
            _schemas[type.Name] = Complete((JsonObject)ApiJson.Options.GetJsonSchemaAsNode(type, options));
            while (inner.TryDequeue(out Type? next)) Add(next);
        }

        return Reference(type);
    }

    private static JsonNode Refer(JsonSchemaExporterContext context, JsonNode schema, Queue<Type> inner)
    {
        if (context.PropertyInfo?.CustomConverter is TextOrParts) return TextOrParts.Schema();
        if (context.TypeInfo.Type.IsEnum) return Names(context.TypeInfo.Type);
        if (context.Path.IsEmpty || context.TypeInfo.Kind != JsonTypeInfoKind.Object) return schema;
        inner.Enqueue(context.TypeInfo.Type);
        JsonObject reference = Reference(context.TypeInfo.Type);
        return context.PropertyInfo is { IsGetNullable: true } ? new JsonObject { ["anyOf"] = new JsonArray(reference, new JsonObject { ["type"] = "null" }) } : reference;
    }

    // Null members are left out of answers, except for those that are marked to be always there: what cannot be null is always there as well.
    private static JsonObject Complete(JsonObject schema)
    {
        schema["type"] = "object";
        schema.Remove("required");
        if (schema["properties"] is not JsonObject properties) return schema;
        string[] present = [.. properties.Where(property => !IsNullable(property.Value!)).Select(property => property.Key)];
        if (present.Length > 0) schema["required"] = new JsonArray([.. present.Select(name => JsonValue.Create(name))]);
        return schema;
    }

    // The exporter cannot look into a converter; the serializer can be asked.
    private static JsonObject Names(Type type)
    {
        JsonNode?[] names = [.. Enum.GetValues(type).Cast<object>().Select(value => JsonSerializer.SerializeToNode(value, type, ApiJson.Options))];
        return new JsonObject { ["type"] = "string", ["enum"] = new JsonArray(names) };
    }

    private static bool IsNullable(JsonNode schema) =>
        schema is JsonObject one && (one["anyOf"] is not null || (one["type"] is JsonArray types && types.Any(type => (string?)type == "null")));

    private static JsonObject Reference(Type type) => new() { ["$ref"] = "#/components/schemas/" + type.Name };
}
