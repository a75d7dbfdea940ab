using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Niche.TelegramStandIn.Wire;

namespace Niche.TelegramStandIn.Description;

/// <summary>Holds whole calls, however they were encoded, against the description.</summary>
/// <param name="description">The description.</param>
public sealed class CallCheck(ApiDescription description)
{
    private readonly TypeCheck _types = new(description);

    /// <summary>What is wrong with a call; empty when the description allows it.</summary>
    public IReadOnlyList<string> Faults(ApiCall call)
    {
        if (!description.Methods.TryGetValue(call.Method, out ApiMethod? method)) return [$"there is no method {call.Method}"];
        List<string> faults = [];
        HashSet<string> attached = [];
        foreach ((string name, JsonNode? raw) in call.Parameters)
        {
            if (!method.Fields.TryGetValue(name, out ApiField? field))
            {
                faults.Add($"{call.Method} has no parameter {name}");
                continue;
            }

            if (call.IsForm ? Decode(raw!.GetValue<string>(), field) is not { } value : raw is not { } sent || (value = sent) is null)
            {
                faults.Add($"{name} is not {string.Join(" or ", field.Types)}");
                continue;
            }

            faults.AddRange(_types.Faults(value, [.. field.Types.Where(type => type != "InputFile")], name));
            if (FieldRules.Broken(field, value) is { } broken) faults.Add($"{name} {broken}");
            CollectAttachments(value, attached);
        }

        faults.AddRange(call.Files.Keys
            .Where(name => !attached.Contains(name) && !(method.Fields.TryGetValue(name, out ApiField? field) && field.Types.Contains("InputFile")))
            .Select(name => $"{call.Method} does not use the file {name}"));
        faults.AddRange(attached.Where(name => !call.Files.ContainsKey(name)).Select(name => $"the file {name} was not attached"));
        faults.AddRange(method.Fields.Values.Where(field => field.Required && !call.Parameters.ContainsKey(field.Name) && !call.Files.ContainsKey(field.Name))
            .Select(field => $"{field.Name} is missing"));
        return faults;
    }

    // In forms everything is text: numbers and flags are written out, objects are JSON.
    private static JsonNode? Decode(string text, ApiField field)
    {
        if (field.Types.Contains("Integer") && long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number)) return number;
        if (field.Types.Contains("Float") && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double real)) return real;
        if (field.Types.Contains("Boolean") && bool.TryParse(text, out bool flag)) return flag;
        if (field.Types.Contains("String") || field.Types.Contains("InputFile")) return text;
        try
        {
            return JsonNode.Parse(text);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static void CollectAttachments(JsonNode value, HashSet<string> names)
    {
        const string Scheme = "attach://";
        if (value is JsonObject members) foreach ((_, JsonNode? member) in members) CollectAttachments(member ?? "", names);
        else if (value is JsonArray list) foreach (JsonNode? item in list) CollectAttachments(item ?? "", names);
        else if (value.GetValueKind() == JsonValueKind.String && value.GetValue<string>() is { } text && text.StartsWith(Scheme, StringComparison.Ordinal)) names.Add(text[Scheme.Length..]);
    }
}
