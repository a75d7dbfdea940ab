using System.Text.Json.Nodes;

namespace Niche.DiscordStandIn.World;

/// <summary>A message that the app wrote.</summary>
public sealed class StandInMessage
{
    /// <summary>Flag of messages made of components.</summary>
    public const int ComponentsFlag = 1 << 15;

    /// <summary>Flag of messages that one person sees.</summary>
    public const int EphemeralFlag = 1 << 6;

    /// <summary>Flag of a deferred answer that is not there yet.</summary>
    public const int LoadingFlag = 1 << 7;

    /// <summary>Its id.</summary>
    public required ulong Id { get; init; }

    /// <summary>Where it stands.</summary>
    public required ulong Channel { get; init; }

    /// <summary>When it was written.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The message that it replies to.</summary>
    public ulong? ReplyTo { get; init; }

    /// <summary>What it shows, changed as a whole: whoever looks at a message sees no half of an edit.</summary>
    public MessageContent Shown { get; set; } = new(0, "", [], []);

    /// <summary>Its files.</summary>
    public IReadOnlyList<StandInFile> Files => Shown.Files;

    /// <summary>Number of times that it was changed.</summary>
    public int Edits { get; set; }

    /// <summary>It was deleted.</summary>
    public bool IsDeleted { get; set; }

    /// <summary>Made of components.</summary>
    public bool IsOfComponents => (Shown.Flags & ComponentsFlag) != 0;

    /// <summary>Only one person sees it.</summary>
    public bool IsEphemeral => (Shown.Flags & EphemeralFlag) != 0;

    /// <summary>A deferred answer that is not there yet.</summary>
    public bool IsLoading => (Shown.Flags & LoadingFlag) != 0;

    /// <summary>All text that a reader sees.</summary>
    public string Text => TextOf(Shown);

    /// <summary>Its buttons and lists.</summary>
    public IReadOnlyList<JsonObject> Controls => [.. Walk(Shown.Components).Where(component => component["custom_id"] is not null)];

    /// <summary>The button with this label.</summary>
    public JsonObject Button(string label) => Controls.Single(control => (string?)control["label"] == label);

    /// <summary>Every component, outer ones first.</summary>
    public static IEnumerable<JsonObject> Walk(JsonNode? node) => node switch
    {
        JsonArray list => list.SelectMany(Walk),
        JsonObject component => Walk(component["components"]).Concat(Walk(component["accessory"])).Prepend(component),
        _ => [],
    };

    private static string TextOf(MessageContent shown) =>
        string.Join('\n', Walk(shown.Components).Where(component => (int)component["type"]! == 10).Select(component => (string)component["content"]!).Prepend(shown.Text)).Trim();
}
