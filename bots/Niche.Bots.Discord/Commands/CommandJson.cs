using System.Text.Json.Nodes;
using Niche.Bots.Commands;

namespace Niche.Bots.Discord.Commands;

/// <summary>The book of commands as Discord wants it: names the same everywhere, descriptions in every language that both sides know.</summary>
internal static class CommandJson
{
    private const int ManageServer = 1 << 5;
    private const int MaxDescription = 100;

    // Discord knows countries where the core knows languages.
    private static readonly Dictionary<string, string[]> Locales = new(StringComparer.Ordinal)
    {
        ["de"] = ["de"],
        ["es"] = ["es-ES", "es-419"],
        ["pt"] = ["pt-BR"],
        ["ru"] = ["ru"],
        ["zh"] = ["zh-CN", "zh-TW"],
        ["ja"] = ["ja"],
        ["fr"] = ["fr"],
        ["it"] = ["it"],
        ["ko"] = ["ko"],
        ["pl"] = ["pl"],
        ["uk"] = ["uk"],
        ["tr"] = ["tr"],
    };

    /// <summary>All commands.</summary>
    public static JsonArray Of(CommandBook book) => [.. book.Commands.Select(Slash), .. book.MessageCommands.Select(InMenu)];

    private static JsonNode Slash(CommandSpec command)
    {
        JsonObject json = Described(command.Name, command.Description);
        json["type"] = 1;
        json["contexts"] = new JsonArray(0, 1, 2);
        json["integration_types"] = new JsonArray(0, 1);
        if (command.ForOperators) json["default_member_permissions"] = ManageServer;
        // Discord refuses a list in which a required option follows one that is not.
        if (command.Options.Count > 0) json["options"] = new JsonArray([.. command.Options.OrderByDescending(option => option.Required).Take(25).Select(Option)]);
        return json;
    }

    private static JsonNode InMenu(MessageCommand command)
    {
        JsonObject json = new() { ["type"] = 3, ["name"] = command.Name, ["contexts"] = new JsonArray(0, 1, 2), ["integration_types"] = new JsonArray(0, 1) };
        AddLocalizations(json, "name_localizations", command.Label, 32);
        return json;
    }

    private static JsonNode Option(OptionSpec option)
    {
        JsonObject json = Described(option.Name, option.Description);
        json["type"] = option.Kind switch { OptionKind.Whole => 4, OptionKind.Number => 10, OptionKind.Flag => 5, OptionKind.File => 11, _ => 3 };
        if (option.Required) json["required"] = true;
        if (option.Suggests) json["autocomplete"] = true;
        if (option.Choices.Count > 0 && !option.Suggests) json["choices"] = new JsonArray([.. option.Choices.Take(25).Select(choice => Choice(choice, option.Kind))]);
        bool isText = option.Kind == OptionKind.Text;
        if (option.Min is { } min) json[isText ? "min_length" : "min_value"] = Number(min, option.Kind);
        if (option.Max is { } max) json[isText ? "max_length" : "max_value"] = Number(max, option.Kind);
        return json;
    }

    private static JsonNode Choice(OptionChoice choice, OptionKind kind)
    {
        JsonObject json = new()
        {
            ["name"] = choice.Label["en"],
            ["value"] = kind is OptionKind.Whole or OptionKind.Number ? Number(double.Parse(choice.Value, System.Globalization.CultureInfo.InvariantCulture), kind) : choice.Value,
        };
        AddLocalizations(json, "name_localizations", choice.Label, 100);
        return json;
    }

    private static JsonNode Number(double value, OptionKind kind) => kind == OptionKind.Number ? JsonValue.Create(value) : JsonValue.Create((long)value);

    private static JsonObject Described(string name, IReadOnlyDictionary<string, string> description)
    {
        JsonObject json = new() { ["name"] = name, ["description"] = description["en"] };
        AddLocalizations(json, "description_localizations", description, MaxDescription);
        return json;
    }

    private static void AddLocalizations(JsonObject json, string member, IReadOnlyDictionary<string, string> texts, int max)
    {
        JsonObject localized = [];
        foreach ((string language, string text) in texts.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            if (text.Length == 0 || text.Length > max || !Locales.TryGetValue(language, out string[]? locales)) continue;
            foreach (string locale in locales) localized[locale] = text;
        }

        if (localized.Count > 0) json[member] = localized;
    }
}
