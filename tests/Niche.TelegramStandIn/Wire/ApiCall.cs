using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Niche.TelegramStandIn.Wire;

/// <summary>A call as it came over the wire.</summary>
/// <param name="Method">The method.</param>
/// <param name="Parameters">Its parameters; in forms all of them are texts.</param>
/// <param name="IsForm">It came as a form or in the query, not as JSON.</param>
/// <param name="Files">Files by the name of their part.</param>
/// <param name="At">When it arrived.</param>
public sealed record ApiCall(string Method, JsonObject Parameters, bool IsForm, IReadOnlyDictionary<string, UploadedFile> Files, DateTimeOffset At)
{
    private const string Scheme = "attach://";

    /// <summary>A parameter as text; null when absent.</summary>
    public string? Text(string name) => Parameters[name] switch
    {
        null => null,
        var node when node.GetValueKind() == JsonValueKind.String => node.GetValue<string>(),
        var node => node.ToJsonString(),
    };

    /// <summary>A parameter as a whole number; null when absent or none.</summary>
    public long? Number(string name) => long.TryParse(Text(name), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number) ? number : null;

    /// <summary>A parameter as a flag.</summary>
    public bool Flag(string name) => bool.TryParse(Text(name), out bool flag) && flag;

    /// <summary>A parameter as an object or array; null when absent or broken.</summary>
    public JsonNode? Json(string name)
    {
        JsonNode? node = Parameters[name];
        if (node?.GetValueKind() != JsonValueKind.String) return node?.DeepClone();
        try
        {
            return JsonNode.Parse(node.GetValue<string>());
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The file that a parameter or a member <c>media</c> means: its own part or the attachment that it names; null when it means none.</summary>
    public UploadedFile? File(string name, string? reference = null)
    {
        if (reference is null && Files.TryGetValue(name, out UploadedFile? direct)) return direct;
        string? text = reference ?? Text(name);
        return text?.StartsWith(Scheme, StringComparison.Ordinal) == true ? Files.GetValueOrDefault(text[Scheme.Length..]) : null;
    }
}
