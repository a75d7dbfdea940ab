using System.Globalization;
using System.Text.Json;
using Niche.DiscordStandIn.Rest;

namespace Niche.DiscordStandIn.Description;

/// <summary>Holds whole calls and whole answers against the description.</summary>
/// <param name="description">The description.</param>
public sealed class CallCheck(ApiDescription description)
{
    /// <summary>Faults of parameters and body.</summary>
    public IReadOnlyList<Fault> CheckCall(ApiOperation operation, Dictionary<string, string> parameters, ApiCall call)
    {
        List<Fault> faults = [];
        HashSet<string> queryNames = new(StringComparer.Ordinal);
        foreach (JsonElement parameter in Parameters(operation.Shared).Concat(Parameters(operation.Definition)))
        {
            string name = parameter.GetProperty("name").GetString()!;
            bool isPath = parameter.GetProperty("in").GetString() == "path";
            if (!isPath) queryNames.Add(name);
            string? text = isPath ? parameters.GetValueOrDefault(name) : call.Query.GetValueOrDefault(name);
            if (text is not null) faults.AddRange(description.Schemas.Check(parameter.GetProperty("schema"), Typed(parameter.GetProperty("schema"), text), name));
        }

        faults.AddRange(call.Query.Keys.Where(name => !queryNames.Contains(name)).Select(name => new Fault(name, "is not known")));
        CheckBody(operation, call, faults);
        return faults;
    }

    /// <summary>Faults of an answer of ours: the stand-in is held to the description too.</summary>
    public IReadOnlyList<Fault> CheckAnswer(ApiOperation operation, ApiAnswer answer)
    {
        JsonElement responses = operation.Definition.GetProperty("responses");
        string status = answer.Status.ToString(CultureInfo.InvariantCulture);
        if (!responses.TryGetProperty(status, out JsonElement response) && (answer.Status < 400 || !responses.TryGetProperty("4XX", out response)))
            return [new Fault("status", $"{status} is not an answer of {operation.Id}")];
        response = description.Schemas.Resolve(response);
        if (!response.TryGetProperty("content", out JsonElement content)) return answer.Json is null ? [] : [new Fault("", "has content, and none is described")];
        return answer.Json is null
            ? [new Fault("", "has no content")]
            : description.Schemas.Check(content.GetProperty("application/json").GetProperty("schema"), JsonSerializer.SerializeToElement(answer.Json));
    }

    /// <summary>True when the operation can be called without the app's token.</summary>
    public static bool IsOpen(ApiOperation operation) =>
        operation.Definition.TryGetProperty("security", out JsonElement security) && security.EnumerateArray().Any(way => !way.EnumerateObject().Any());

    private void CheckBody(ApiOperation operation, ApiCall call, List<Fault> faults)
    {
        if (!operation.Definition.TryGetProperty("requestBody", out JsonElement wanted))
        {
            if (call.Json is not null) faults.Add(new Fault("", "has a body, and none is wanted"));
            return;
        }

        JsonElement content = wanted.GetProperty("content");
        string type = call.IsMultipart ? "multipart/form-data" : "application/json";
        if (call.Json is not { } json)
        {
            if (wanted.TryGetProperty("required", out JsonElement required) && required.GetBoolean()) faults.Add(new Fault("", "has no body"));
        }
        else if (!content.TryGetProperty(type, out JsonElement media))
        {
            faults.Add(new Fault("", $"comes as {type}, which is not wanted"));
        }
        else
        {
            // The JSON of a form is the JSON of the call; its files are judged with the message.
            JsonElement schema = content.TryGetProperty("application/json", out JsonElement plain) ? plain.GetProperty("schema") : media.GetProperty("schema");
            faults.AddRange(description.Schemas.Check(schema, json));
        }
    }

    private static IEnumerable<JsonElement> Parameters(JsonElement holder) =>
        holder.TryGetProperty("parameters", out JsonElement parameters) ? parameters.EnumerateArray() : [];

    private JsonElement Typed(JsonElement schema, string text)
    {
        JsonElement resolved = description.Schemas.Resolve(schema);
        bool isText = !resolved.TryGetProperty("type", out JsonElement type) || type.ToString().Contains("string", StringComparison.Ordinal);
        try
        {
            return isText ? JsonSerializer.SerializeToElement(text) : JsonDocument.Parse(text).RootElement;
        }
        catch (JsonException)
        {
            return JsonSerializer.SerializeToElement(text);
        }
    }
}
