using System.Text.Json;

namespace Niche.DiscordStandIn.Description;

/// <summary>Discord's official description of its API (OpenAPI), read where it lies beside the checkout; it is not part of this repository.</summary>
public sealed class ApiDescription
{
    private readonly JsonElement _root;

    private ApiDescription(JsonElement root) => (_root, Schemas) = (root, new SchemaCheck(root));

    /// <summary>Checks JSON against its schemas.</summary>
    public SchemaCheck Schemas { get; }

    /// <summary>The description, or null when this machine lacks ../shared.</summary>
    public static ApiDescription? Find()
    {
        string? folder = Environment.GetEnvironmentVariable("NICHE_SHARED") ?? BesideCheckout();
        string? file = folder is null ? null : Path.Combine(folder, "specs", "discord-openapi.json");
        return File.Exists(file) ? new ApiDescription(JsonDocument.Parse(File.ReadAllBytes(file)).RootElement) : null;
    }

    /// <summary>A named schema.</summary>
    public JsonElement Schema(string name) => _root.GetProperty("components").GetProperty("schemas").GetProperty(name);

    /// <summary>The operation for a method and a path below the base, and the values of the path's parameters; null when there is none.</summary>
    public (ApiOperation Operation, Dictionary<string, string> Parameters)? Match(string method, string path)
    {
        string[] parts = path.Trim('/').Split('/');
        (ApiOperation Operation, Dictionary<string, string> Parameters)? best = null;
        foreach (JsonProperty template in _root.GetProperty("paths").EnumerateObject())
        {
            string[] wanted = template.Name.Trim('/').Split('/');
            if (wanted.Length != parts.Length || !template.Value.TryGetProperty(method.ToLowerInvariant(), out JsonElement definition)) continue;
            Dictionary<string, string> parameters = new(StringComparer.Ordinal);
            if (!wanted.Zip(parts).All(pair => Fits(pair.First, pair.Second, parameters))) continue;
            // A name is nearer than a parameter.
            if (best is null || parameters.Count < best.Value.Parameters.Count)
                best = (new ApiOperation(definition.GetProperty("operationId").GetString()!, template.Name, definition, template.Value), parameters);
        }

        return best;
    }

    private static bool Fits(string wanted, string part, Dictionary<string, string> parameters)
    {
        if (!wanted.StartsWith('{')) return wanted == part;
        parameters[wanted.Trim('{', '}')] = Uri.UnescapeDataString(part);
        return part.Length > 0;
    }

    private static string? BesideCheckout()
    {
        for (DirectoryInfo? at = new(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            if (File.Exists(Path.Combine(at.FullName, "NicheFunctions.sln"))) return Path.Combine(at.Parent!.FullName, "shared");
        }

        return null;
    }
}
