using System.Text.Json.Nodes;
using Niche.DiscordStandIn.Description;

namespace Niche.DiscordStandIn.Rest;

/// <summary>An answer of the API.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Json">Content; null without.</param>
public sealed record ApiAnswer(int Status, JsonNode? Json)
{
    /// <summary>Code of bodies that are not what the description wants.</summary>
    public const int InvalidForm = 50035;

    /// <summary>Done, nothing to say.</summary>
    public static ApiAnswer Done { get; } = new(204, null);

    /// <summary>A success with content.</summary>
    public static ApiAnswer Ok(JsonNode json) => new(200, json);

    /// <summary>An error in Discord's shape.</summary>
    public static ApiAnswer Error(int status, int code, string message) => new(status, new JsonObject { ["message"] = message, ["code"] = code });

    /// <summary>Faults as Discord shows them: a tree with the members' names, and lists of errors at the leaves.</summary>
    public static ApiAnswer Invalid(IEnumerable<Fault> faults)
    {
        JsonObject errors = [];
        foreach (Fault fault in faults) Add(errors, fault);
        JsonObject json = new() { ["message"] = "Invalid Form Body", ["code"] = InvalidForm };
        if (errors.Count > 0) json["errors"] = errors;
        return new ApiAnswer(400, json);
    }

    // A node of the tree has a list or members, never both.
    private static void Add(JsonObject errors, Fault fault)
    {
        JsonObject at = errors;
        foreach (string name in fault.Path.Split('.', StringSplitOptions.RemoveEmptyEntries))
        {
            if (at.ContainsKey("_errors")) return;
            if (at[name] is not JsonObject next) at[name] = next = [];
            at = next;
        }

        if (at.Count > 0 && !at.ContainsKey("_errors")) return;
        if (at["_errors"] is not JsonArray list) at["_errors"] = list = [];
        list.Add(new JsonObject { ["code"] = InvalidForm, ["message"] = fault.Message });
    }
}
