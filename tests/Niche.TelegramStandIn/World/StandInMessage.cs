using System.Text.Json.Nodes;

namespace Niche.TelegramStandIn.World;

/// <summary>A message as it stands now; each edit makes another one of these.</summary>
/// <param name="Chat">Where it lies.</param>
/// <param name="Id">Its number there.</param>
/// <param name="Json">The Message of the Bot API.</param>
public sealed record StandInMessage(StandInChat Chat, int Id, JsonObject Json)
{
    /// <summary>Text or caption; empty when it has neither.</summary>
    public string Text => (string?)Json["text"] ?? (string?)Json["caption"] ?? "";

    /// <summary>The bot wrote it.</summary>
    public bool FromBot => (bool?)Json["from"]?["is_bot"] ?? false;

    /// <summary>Id of the largest photo or of the document; null when it has none.</summary>
    public string? FileId => (string?)(Json["photo"] as JsonArray)?[^1]?["file_id"] ?? (string?)Json["document"]?["file_id"];

    /// <summary>The album that it is a part of.</summary>
    public string? Album => (string?)Json["media_group_id"];

    /// <summary>The message that it answers.</summary>
    public int? ReplyTo => (int?)Json["reply_to_message"]?["message_id"];

    /// <summary>Its inline buttons in reading order.</summary>
    public IReadOnlyList<StandInButton> Buttons =>
    [
        .. (Json["reply_markup"]?["inline_keyboard"] as JsonArray ?? []).SelectMany(row => row!.AsArray())
            .Select(button => new StandInButton((string)button!["text"]!, (string?)button["callback_data"], (string?)button["url"])),
    ];
}
