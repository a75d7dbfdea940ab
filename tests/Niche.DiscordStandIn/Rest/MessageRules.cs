using System.Text.Json.Nodes;
using Niche.DiscordStandIn.Description;
using Niche.DiscordStandIn.World;

namespace Niche.DiscordStandIn.Rest;

/// <summary>What Discord asks of messages beyond the schemas. Source: discord-api-docs, Component Reference and Message.</summary>
public static class MessageRules
{
    private const int MaxComponents = 40;
    private const int MaxText = 4000;

    /// <summary>Faults of a message.</summary>
    /// <param name="body">Its JSON.</param>
    /// <param name="files">Its files.</param>
    /// <param name="before">The message that it changes; null for a new one.</param>
    /// <param name="mayBeEphemeral">It answers an interaction.</param>
    public static IReadOnlyList<Fault> Check(JsonObject body, IReadOnlyDictionary<int, UploadedFile> files, StandInMessage? before, bool mayBeEphemeral)
    {
        List<Fault> faults = [];
        int flags = body["flags"] is { } given ? (int)given : 0;
        bool isOfComponents = (flags & StandInMessage.ComponentsFlag) != 0 || before?.IsOfComponents == true;
        if ((flags & StandInMessage.EphemeralFlag) != 0 && !mayBeEphemeral) faults.Add(new Fault("flags", "EPHEMERAL cannot be set here"));
        if ((flags & ~(StandInMessage.ComponentsFlag | StandInMessage.EphemeralFlag | 4 | 4096)) != 0) faults.Add(new Fault("flags", "has a flag that an app cannot set"));
        CheckAttachments(body, files, faults);
        JsonObject[] components = [.. StandInMessage.Walk(body["components"])];
        CheckControls(components, faults);
        if (isOfComponents) CheckComponents(body, components, files, before, faults);
        else CheckPlain(body, files, before, components, faults);
        return faults;
    }

    private static void CheckComponents(JsonObject body, JsonObject[] components, IReadOnlyDictionary<int, UploadedFile> files, StandInMessage? before, List<Fault> faults)
    {
        foreach (string other in new[] { "content", "embeds", "poll", "sticker_ids" })
        {
            if (body[other] is JsonArray { Count: > 0 } or JsonValue or JsonObject) faults.Add(new Fault(other, "cannot be used with the flag IS_COMPONENTS_V2"));
        }

        if (components.Length == 0 && (before is null || body.ContainsKey("components"))) faults.Add(new Fault("components", "is empty"));
        if (components.Length > MaxComponents) faults.Add(new Fault("components", $"has more than {MaxComponents} components in all"));
        int text = components.Where(component => (int)component["type"]! == 10).Sum(component => ((string)component["content"]!).Length);
        if (text > MaxText) faults.Add(new Fault("components", $"has more than {MaxText} characters of text in all"));
        if (components.Any(component => (int)component["type"]! == 10 && string.IsNullOrWhiteSpace((string?)component["content"]))) faults.Add(new Fault("components", "has an empty text"));
        HashSet<string> names = [.. files.Values.Select(file => file.Name), .. Kept(body, before)];
        foreach (string url in components.SelectMany(component => component["items"]?.AsArray() ?? []).Select(item => (string)item!["media"]!["url"]!))
        {
            if (url.StartsWith("attachment://", StringComparison.Ordinal) && !names.Contains(url[13..])) faults.Add(new Fault("components", $"points to {url}, which was not sent"));
        }
    }

    private static void CheckPlain(JsonObject body, IReadOnlyDictionary<int, UploadedFile> files, StandInMessage? before, JsonObject[] components, List<Fault> faults)
    {
        if (components.Any(component => (int)component["type"]! is not (1 or 2 or 3 or 5 or 6 or 7 or 8))) faults.Add(new Fault("components", "needs the flag IS_COMPONENTS_V2"));
        bool isEmpty = string.IsNullOrEmpty((string?)body["content"]) && body["embeds"] is not JsonArray { Count: > 0 } && files.Count == 0 && components.Length == 0;
        if (isEmpty && before is null) faults.Add(new Fault("content", "Cannot send an empty message"));
    }

    private static void CheckControls(JsonObject[] components, List<Fault> faults)
    {
        string[] ids = [.. components.Select(component => (string?)component["custom_id"]).OfType<string>()];
        if (ids.Distinct(StringComparer.Ordinal).Count() != ids.Length) faults.Add(new Fault("components", "has a custom_id twice"));
        foreach (JsonObject button in components.Where(component => (int)component["type"]! == 2))
        {
            bool isLink = (int)button["style"]! == 5;
            if (isLink != button.ContainsKey("url") || isLink == button.ContainsKey("custom_id")) faults.Add(new Fault("components", "has a button with the wrong one of url and custom_id"));
            if (string.IsNullOrEmpty((string?)button["label"]) && button["emoji"] is null) faults.Add(new Fault("components", "has a button without label and emoji"));
        }

        foreach (JsonObject row in components.Where(component => (int)component["type"]! == 1))
        {
            int[] kinds = [.. row["components"]!.AsArray().Select(inner => (int)inner!["type"]!)];
            if (kinds.Any(kind => kind != 2) && kinds.Length > 1) faults.Add(new Fault("components", "has a row with a list and something else"));
        }

        foreach (JsonObject list in components.Where(component => (int)component["type"]! == 3))
        {
            JsonObject[] options = [.. list["options"]!.AsArray().Select(option => option!.AsObject())];
            if (options.DistinctBy(option => (string)option["value"]!).Count() != options.Length) faults.Add(new Fault("components", "has a value twice in a list"));
            int chosen = options.Count(option => (bool?)option["default"] == true);
            if (chosen > ((int?)list["max_values"] ?? 1)) faults.Add(new Fault("components", "has more defaults than may be chosen"));
        }
    }

    private static void CheckAttachments(JsonObject body, IReadOnlyDictionary<int, UploadedFile> files, List<Fault> faults)
    {
        if (files.Count > 10) faults.Add(new Fault("files", "are more than 10"));
        if (files.Values.DistinctBy(file => file.Name).Count() != files.Count) faults.Add(new Fault("files", "have a name twice"));
        foreach (UploadedFile file in files.Values)
        {
            if (!file.Name.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_')) faults.Add(new Fault("files", "have a name that Discord would change"));
        }

        if (body["attachments"] is not JsonArray listed) return;
        foreach (JsonNode? item in listed)
        {
            if (int.TryParse((string)item!["id"]!, out int index) && files.Count > 0 && !files.ContainsKey(index)) faults.Add(new Fault("attachments", $"names file {index}, which was not sent"));
        }
    }

    private static IEnumerable<string> Kept(JsonObject body, StandInMessage? before) => before is null || body.ContainsKey("attachments")
        ? []
        : before.Files.Select(file => file.Name);
}
