using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Niche.DiscordStandIn.Description;

namespace Niche.DiscordStandIn.Rest;

/// <summary>What Discord asks of commands beyond the schemas. Source: discord-api-docs, Application Commands.</summary>
internal static partial class CommandRules
{
    private const int MaxCharacters = 8000;

    private static readonly HashSet<string> Locales =
    [
        "id", "da", "de", "en-GB", "en-US", "es-ES", "es-419", "fr", "hr", "it", "lt", "hu", "nl", "no", "pl", "pt-BR", "ro", "fi", "sv-SE", "vi", "tr", "cs", "el", "bg",
        "ru", "uk", "hi", "th", "zh-CN", "ja", "zh-TW", "ko",
    ];

    /// <summary>Faults of a set of commands.</summary>
    public static IReadOnlyList<Fault> Check(JsonArray commands)
    {
        List<Fault> faults = [];
        for (int i = 0; i < commands.Count; i++)
        {
            JsonObject command = commands[i]!.AsObject();
            int type = (int?)command["type"] ?? 1;
            CheckNode(command, $"{i}", type == 1, faults);
            if (type != 1 && !string.IsNullOrEmpty((string?)command["description"])) faults.Add(new Fault($"{i}.description", "only slash commands have one"));
            if (type == 1 && string.IsNullOrEmpty((string?)command["description"])) faults.Add(new Fault($"{i}.description", "is required"));
            if (Characters(command) > MaxCharacters) faults.Add(new Fault($"{i}", $"has more than {MaxCharacters} characters in all"));
        }

        foreach (var same in commands.GroupBy(command => ((int?)command!["type"] ?? 1, (string)command["name"]!)).Where(group => group.Count() > 1))
            faults.Add(new Fault("", $"has {same.Key} twice"));
        if (commands.Count(command => ((int?)command!["type"] ?? 1) == 3) > 5) faults.Add(new Fault("", "has more than 5 message commands"));
        return faults;
    }

    private static void CheckNode(JsonObject node, string path, bool isSlash, List<Fault> faults)
    {
        string name = (string)node["name"]!;
        if (isSlash && (!SlashName().IsMatch(name) || name.Any(char.IsUpper))) faults.Add(new Fault($"{path}.name", "is no name of a slash command"));
        foreach (string texts in new[] { "name_localizations", "description_localizations" })
        {
            foreach ((string locale, _) in node[texts] as JsonObject ?? []) if (!Locales.Contains(locale)) faults.Add(new Fault($"{path}.{texts}", $"{locale} is no locale"));
        }

        JsonArray options = node["options"] as JsonArray ?? [];
        bool optionalSeen = false;
        for (int i = 0; i < options.Count; i++)
        {
            JsonObject option = options[i]!.AsObject();
            bool isRequired = (bool?)option["required"] == true;
            if (isRequired && optionalSeen) faults.Add(new Fault($"{path}.options.{i}", "Required options must be placed before non-required options"));
            optionalSeen |= !isRequired;
            if ((bool?)option["autocomplete"] == true && option["choices"] is JsonArray { Count: > 0 }) faults.Add(new Fault($"{path}.options.{i}", "has choices and autocomplete"));
            CheckNode(option, $"{path}.options.{i}", true, faults);
        }

        if (options.DistinctBy(option => (string)option!["name"]!).Count() != options.Count) faults.Add(new Fault($"{path}.options", "has a name twice"));
    }

    // Localised texts count with the longest of each.
    private static int Characters(JsonObject node) =>
        Longest(node, "name") + Longest(node, "description") + ((string?)node["value"]?.ToString() ?? "").Length
        + (node["options"] as JsonArray ?? []).Sum(option => Characters(option!.AsObject())) + (node["choices"] as JsonArray ?? []).Sum(choice => Characters(choice!.AsObject()));

    private static int Longest(JsonObject node, string member) =>
        (node[$"{member}_localizations"] as JsonObject ?? []).Select(text => ((string)text.Value!).Length).Append(((string?)node[member] ?? "").Length).Max();

    [GeneratedRegex(@"^[-_'\p{L}\p{N}]{1,32}\z", RegexOptions.CultureInvariant)]
    private static partial Regex SlashName();
}
