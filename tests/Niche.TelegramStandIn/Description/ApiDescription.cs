using System.Text.Json;

namespace Niche.TelegramStandIn.Description;

/// <summary>The machine-readable description of the Bot API: every method and type. Read where it lies, never copied.</summary>
public sealed class ApiDescription
{
    private const string FileName = "specs/telegram-bot-api.json";

    private ApiDescription(string version, IReadOnlyDictionary<string, ApiMethod> methods, IReadOnlyDictionary<string, ApiType> types)
    {
        Version = version;
        Methods = methods;
        Types = types;
    }

    /// <summary>Version, such as "Bot API 10.1".</summary>
    public string Version { get; }

    /// <summary>Methods by name.</summary>
    public IReadOnlyDictionary<string, ApiMethod> Methods { get; }

    /// <summary>Types by name.</summary>
    public IReadOnlyDictionary<string, ApiType> Types { get; }

    /// <summary>The description in the reference data beside the checkout, or in the folder that NICHE_SHARED names; null when this machine has none.</summary>
    public static ApiDescription? Find()
    {
        if (Environment.GetEnvironmentVariable("NICHE_SHARED") is { Length: > 0 } named)
            return File.Exists(Path.Combine(named, FileName)) ? Load(Path.Combine(named, FileName)) : null;
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "NicheFunctions.sln"))) folder = folder.Parent;
        string? file = folder is null ? null : Path.Combine(folder.FullName, "..", "shared", FileName);
        return File.Exists(file) ? Load(file) : null;
    }

    /// <summary>Reads a description.</summary>
    public static ApiDescription Load(string file)
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(file));
        JsonElement root = document.RootElement;
        return new ApiDescription(
            root.GetProperty("version").GetString()!,
            root.GetProperty("methods").EnumerateObject().Select(item => new ApiMethod(item.Name, Texts(item.Value, "returns"), Fields(item.Value))).ToDictionary(method => method.Name),
            root.GetProperty("types").EnumerateObject().Select(item => new ApiType(item.Name, Fields(item.Value), Texts(item.Value, "subtypes"))).ToDictionary(type => type.Name));
    }

    private static Dictionary<string, ApiField> Fields(JsonElement owner) => !owner.TryGetProperty("fields", out JsonElement fields) ? []
        : fields.EnumerateArray().Select(field => new ApiField(
            field.GetProperty("name").GetString()!, Texts(field, "types"), field.GetProperty("required").GetBoolean(), field.GetProperty("description").GetString()!))
            .ToDictionary(field => field.Name);

    private static string[] Texts(JsonElement owner, string name) =>
        owner.TryGetProperty(name, out JsonElement list) ? [.. list.EnumerateArray().Select(item => item.GetString()!)] : [];
}
