using System.Text.Json.Nodes;
using Niche.Bots.Discord.Messages;
using Niche.Bots.Platforms;

namespace Niche.Bots.Discord.Interactions;

/// <summary>What Discord is told at once. Source: discord-api-docs, Interaction Callback Type.</summary>
internal static class CallbackJson
{
    private const int MaxSuggestions = 25;
    private const int MaxSuggestion = 100;

    /// <summary>The answer to a ping.</summary>
    public static JsonObject Pong() => new() { ["type"] = 1 };

    /// <summary>The callback for an acknowledgement; null when there is nothing to say.</summary>
    public static JsonObject? Of(Acknowledgement acknowledgement, DiscordInteraction interaction) => (acknowledgement, interaction.Kind) switch
    {
        (Acknowledgement.Suggest suggest, InteractionKind.Autocomplete) => Choices(suggest.Items),
        (_, InteractionKind.Autocomplete) => Choices([]),
        (Acknowledgement.Later later, _) => Later(later.Private),
        // A command has no message that could be changed, and a form has one only when a button opened it.
        (Acknowledgement.InPlace, _) => interaction.Message is not null ? new JsonObject { ["type"] = 6 } : Later(false),
        (Acknowledgement.Ask ask, InteractionKind.Command or InteractionKind.Component) => new JsonObject { ["type"] = 9, ["data"] = FormRenderer.Render(ask.Form) },
        (_, InteractionKind.Component) => new JsonObject { ["type"] = 6 },
        _ => null,
    };

    private static JsonObject Later(bool isPrivate) => isPrivate
        ? new JsonObject { ["type"] = 5, ["data"] = new JsonObject { ["flags"] = ViewRenderer.EphemeralFlag } }
        : new JsonObject { ["type"] = 5 };

    private static JsonObject Choices(IReadOnlyList<string> items) => new()
    {
        ["type"] = 8,
        ["data"] = new JsonObject
        {
            ["choices"] = new JsonArray([.. items.Where(item => item.Length is > 0 and <= MaxSuggestion).Take(MaxSuggestions)
                .Select(item => new JsonObject { ["name"] = item, ["value"] = item })]),
        },
    };
}
