using System.Text.Json;
using System.Text.Json.Nodes;

namespace Niche.TelegramStandIn.Description;

/// <summary>Holds values of JSON against the types of the description. Members that the description does not know are faults.</summary>
/// <param name="description">The description.</param>
public sealed class TypeCheck(ApiDescription description)
{
    private const string Array = "Array of ";

    /// <summary>What is wrong with a value, each with its path; empty when it has one of the types.</summary>
    public IReadOnlyList<string> Faults(JsonNode? value, IReadOnlyList<string> types, string path)
    {
        List<IReadOnlyList<string>> tries = [.. types.Select(type => Faults(value, type, path))];
        return tries.Find(faults => faults.Count == 0) ?? tries.MinBy(faults => faults.Count) ?? [];
    }

    /// <inheritdoc cref="Faults(JsonNode, IReadOnlyList{string}, string)"/>
    public IReadOnlyList<string> Faults(JsonNode? value, string type, string path)
    {
        JsonValueKind kind = value?.GetValueKind() ?? JsonValueKind.Null;
        if (type.StartsWith(Array, StringComparison.Ordinal))
        {
            return value is not JsonArray list ? [$"{path} is no array"]
                : [.. list.SelectMany((item, i) => Faults(item, type[Array.Length..], $"{path}[{i}]"))];
        }

        return type switch
        {
            "String" => kind == JsonValueKind.String ? [] : [$"{path} is no text"],
            "Boolean" => kind is JsonValueKind.True or JsonValueKind.False ? [] : [$"{path} is not true or false"],
            "Float" => kind == JsonValueKind.Number ? [] : [$"{path} is no number"],
            "Integer" => kind == JsonValueKind.Number && long.TryParse(value!.ToJsonString(), out _) ? [] : [$"{path} is no whole number"],
            _ => OfObject(value, type, path),
        };
    }

    private IReadOnlyList<string> OfObject(JsonNode? value, string name, string path)
    {
        if (!description.Types.TryGetValue(name, out ApiType? type)) return [$"{path} has the unknown type {name}"];
        if (value is not JsonObject members) return [$"{path} is no {name}"];
        if (type.Subtypes.Count > 0) return OfSubtype(members, type, path);
        List<string> faults = [];
        foreach ((string key, JsonNode? member) in members)
        {
            if (!type.Fields.TryGetValue(key, out ApiField? field)) faults.Add($"{path}.{key} is no member of {name}");
            else if (member is null) faults.Add($"{path}.{key} is null");
            else
            {
                faults.AddRange(Faults(member, field.Types, $"{path}.{key}"));
                if (FieldRules.Broken(field, member) is { } broken) faults.Add($"{path}.{key} {broken}");
            }
        }

        faults.AddRange(type.Fields.Values.Where(field => field.Required && !members.ContainsKey(field.Name)).Select(field => $"{path}.{field.Name} of {name} is missing"));
        return faults;
    }

    // The subtype whose fixed members (type, status, source, ...) fit is the one that was meant: its faults are the ones worth telling.
    private IReadOnlyList<string> OfSubtype(JsonObject members, ApiType type, string path)
    {
        List<(string Name, IReadOnlyList<string> Faults)> tries = [.. type.Subtypes.Select(name => (name, Faults(members, name, path)))];
        return tries.Any(one => one.Faults.Count == 0) ? [] : tries.MinBy(one => (one.Faults.Any(fault => fault.Contains(" must be ", StringComparison.Ordinal)) ? 1 : 0, one.Faults.Count)).Faults;
    }
}
