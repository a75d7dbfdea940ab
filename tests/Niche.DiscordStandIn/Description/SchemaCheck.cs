using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Niche.DiscordStandIn.Description;

/// <summary>
/// Checks JSON against the schemas of an OpenAPI 3.1 document, in the vocabulary that Discord's uses. Stricter than JSON Schema in one point: a member that a schema
/// with properties does not name is a fault, since it is a word that Discord does not know.
/// </summary>
/// <param name="document">The whole document; references point into it.</param>
public sealed class SchemaCheck(JsonElement document)
{
    private static readonly TimeSpan PatternPatience = TimeSpan.FromMilliseconds(200);

    /// <summary>All faults of a value.</summary>
    public IReadOnlyList<Fault> Check(JsonElement schema, JsonElement value, string path = "")
    {
        List<Fault> faults = [];
        Check(schema, value, path, faults, isClosed: true);
        return faults;
    }

    /// <summary>Follows references.</summary>
    public JsonElement Resolve(JsonElement schema)
    {
        while (schema.TryGetProperty("$ref", out JsonElement reference))
        {
            JsonElement at = document;
            foreach (string part in reference.GetString()!.Split('/').Skip(1)) at = at.GetProperty(part.Replace("~1", "/", StringComparison.Ordinal));
            schema = at;
        }

        return schema;
    }

    private void Check(JsonElement schema, JsonElement value, string path, List<Fault> faults, bool isClosed)
    {
        schema = Resolve(schema);
        if (schema.TryGetProperty("type", out JsonElement type) && !HasType(type, value))
        {
            faults.Add(new Fault(path, $"is {Describe(value)}, and {type.GetRawText()} is wanted"));
            return;
        }

        if (schema.TryGetProperty("enum", out JsonElement allowed) && !allowed.EnumerateArray().Any(item => JsonElement.DeepEquals(item, value)))
            faults.Add(new Fault(path, $"is none of {allowed.GetRawText()}"));
        if (schema.TryGetProperty("const", out JsonElement only) && !JsonElement.DeepEquals(only, value)) faults.Add(new Fault(path, $"is not {only.GetRawText()}"));
        switch (value.ValueKind)
        {
            case JsonValueKind.String: CheckText(schema, value.GetString()!, path, faults); break;
            case JsonValueKind.Number: CheckNumber(schema, value, path, faults); break;
            case JsonValueKind.Array: CheckArray(schema, value, path, faults); break;
            case JsonValueKind.Object: CheckObject(schema, value, path, faults, isClosed); break;
        }

        if (schema.TryGetProperty("allOf", out JsonElement all))
        {
            foreach (JsonElement part in all.EnumerateArray()) Check(part, value, path, faults, isClosed: false);
        }

        if (schema.TryGetProperty("oneOf", out JsonElement one)) CheckChoice(one, value, path, faults, exactlyOne: true);
        if (schema.TryGetProperty("anyOf", out JsonElement any)) CheckChoice(any, value, path, faults, exactlyOne: false);
    }

    private void CheckChoice(JsonElement options, JsonElement value, string path, List<Fault> faults, bool exactlyOne)
    {
        List<List<Fault>> tried = [];
        foreach (JsonElement option in options.EnumerateArray())
        {
            List<Fault> own = [];
            Check(option, value, path, own, isClosed: true);
            tried.Add(own);
        }

        int matching = tried.Count(own => own.Count == 0);
        if (matching == 1 || (matching > 1 && !exactlyOne)) return;
        // The nearest miss says most: one whose kind is right.
        if (matching == 0) faults.AddRange(tried.MinBy(own => own.Count + (own.Any(fault => fault.Path == path || fault.Path == Join(path, "type")) ? 1000 : 0))!);
        else faults.Add(new Fault(path, "fits more than one of the kinds that exclude each other"));
    }

    private static void CheckText(JsonElement schema, string text, string path, List<Fault> faults)
    {
        int length = text.EnumerateRunes().Count();
        if (schema.TryGetProperty("minLength", out JsonElement min) && length < min.GetInt64()) faults.Add(new Fault(path, $"has less than {min} characters"));
        if (schema.TryGetProperty("maxLength", out JsonElement max) && length > max.GetInt64()) faults.Add(new Fault(path, $"has more than {max} characters"));
        if (schema.TryGetProperty("pattern", out JsonElement pattern) && !Regex.IsMatch(text, pattern.GetString()!, RegexOptions.CultureInvariant, PatternPatience))
            faults.Add(new Fault(path, $"does not look like {pattern}"));
        if (schema.TryGetProperty("format", out JsonElement format) && format.GetString() == "uri" && !Uri.TryCreate(text, UriKind.Absolute, out _))
            faults.Add(new Fault(path, "is no address"));
    }

    private static void CheckNumber(JsonElement schema, JsonElement value, string path, List<Fault> faults)
    {
        double number = value.GetDouble();
        if (schema.TryGetProperty("minimum", out JsonElement min) && number < min.GetDouble()) faults.Add(new Fault(path, $"is less than {min}"));
        if (schema.TryGetProperty("maximum", out JsonElement max) && number > max.GetDouble()) faults.Add(new Fault(path, $"is more than {max}"));
        if (schema.TryGetProperty("format", out JsonElement format) && format.GetString() == "int32" && !value.TryGetInt32(out _)) faults.Add(new Fault(path, "is no int32"));
    }

    private void CheckArray(JsonElement schema, JsonElement value, string path, List<Fault> faults)
    {
        int length = value.GetArrayLength();
        if (schema.TryGetProperty("minItems", out JsonElement min) && length < min.GetInt32()) faults.Add(new Fault(path, $"has less than {min} items"));
        if (schema.TryGetProperty("maxItems", out JsonElement max) && length > max.GetInt32()) faults.Add(new Fault(path, $"has more than {max} items"));
        if (schema.TryGetProperty("uniqueItems", out JsonElement unique) && unique.GetBoolean()
            && value.EnumerateArray().Select(item => item.GetRawText()).Distinct(StringComparer.Ordinal).Count() != length)
        {
            faults.Add(new Fault(path, "has an item twice"));
        }

        if (!schema.TryGetProperty("items", out JsonElement items)) return;
        int index = 0;
        foreach (JsonElement item in value.EnumerateArray()) Check(items, item, Join(path, $"{index++}"), faults, isClosed: true);
    }

    private void CheckObject(JsonElement schema, JsonElement value, string path, List<Fault> faults, bool isClosed)
    {
        Dictionary<string, JsonElement> own = schema.TryGetProperty("properties", out JsonElement properties)
            ? properties.EnumerateObject().ToDictionary(property => property.Name, property => property.Value, StringComparer.Ordinal)
            : [];
        foreach (JsonElement name in schema.TryGetProperty("required", out JsonElement required) ? required.EnumerateArray() : default)
        {
            if (!value.TryGetProperty(name.GetString()!, out _)) faults.Add(new Fault(Join(path, name.GetString()!), "is required"));
        }

        int count = value.EnumerateObject().Count();
        if (schema.TryGetProperty("minProperties", out JsonElement min) && count < min.GetInt32()) faults.Add(new Fault(path, $"has less than {min} members"));
        if (schema.TryGetProperty("maxProperties", out JsonElement max) && count > max.GetInt32()) faults.Add(new Fault(path, $"has more than {max} members"));
        bool hasRest = schema.TryGetProperty("additionalProperties", out JsonElement rest);
        HashSet<string> known = Names(schema);
        foreach (JsonProperty member in value.EnumerateObject())
        {
            string at = Join(path, member.Name);
            if (own.TryGetValue(member.Name, out JsonElement memberSchema)) Check(memberSchema, member.Value, at, faults, isClosed: true);
            else if (hasRest && rest.ValueKind == JsonValueKind.Object) Check(rest, member.Value, at, faults, isClosed: true);
            else if (isClosed && known.Count > 0 && !known.Contains(member.Name)) faults.Add(new Fault(at, "is not known"));
        }
    }

    // Everything that a schema names, with its parts: together they close it.
    private HashSet<string> Names(JsonElement schema)
    {
        schema = Resolve(schema);
        HashSet<string> names = schema.TryGetProperty("properties", out JsonElement properties)
            ? [.. properties.EnumerateObject().Select(property => property.Name)] : [];
        if (schema.TryGetProperty("allOf", out JsonElement all)) names.UnionWith(all.EnumerateArray().SelectMany(Names));
        return names;
    }

    private static bool HasType(JsonElement type, JsonElement value) =>
        type.ValueKind == JsonValueKind.Array ? type.EnumerateArray().Any(one => HasType(one, value)) : type.GetString() switch
        {
            "null" => value.ValueKind == JsonValueKind.Null,
            "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
            "string" => value.ValueKind == JsonValueKind.String,
            "number" => value.ValueKind == JsonValueKind.Number,
            "integer" => value.ValueKind == JsonValueKind.Number && value.GetDouble() is var number && number == Math.Floor(number),
            "array" => value.ValueKind == JsonValueKind.Array,
            "object" => value.ValueKind == JsonValueKind.Object,
            var other => throw new InvalidOperationException($"The description has a type '{other}' that this check does not know."),
        };

    private static string Describe(JsonElement value) => value.ValueKind.ToString().ToLowerInvariant();

    private static string Join(string path, string name) => path.Length == 0 ? name : new StringBuilder(path).Append('.').Append(name).ToString();
}
