using System.Globalization;
using System.Text.Json.Nodes;

namespace Niche.DiscordStandIn.World;

/// <summary>Messages as the API shows them.</summary>
public static class MessageJson
{
    /// <summary>A message.</summary>
    public static JsonObject Of(StandInMessage message, StandInWorld world)
    {
        int next = 1;
        JsonObject json = new()
        {
            ["type"] = 0,
            ["content"] = message.Shown.Text,
            ["mentions"] = new JsonArray(),
            ["mention_roles"] = new JsonArray(),
            ["attachments"] = new JsonArray([.. message.Files.Select(Attachment)]),
            ["embeds"] = new JsonArray(),
            ["timestamp"] = message.At.ToString("O", CultureInfo.InvariantCulture),
            ["edited_timestamp"] = message.Edits > 0 ? message.At.ToString("O", CultureInfo.InvariantCulture) : null,
            ["flags"] = message.Shown.Flags,
            ["components"] = new JsonArray([.. message.Shown.Components.Select(component => Component(component!.AsObject(), message, ref next))]),
            ["id"] = Text(message.Id),
            ["channel_id"] = Text(message.Channel),
            ["author"] = User(world.Application, "Niche", true),
            ["pinned"] = false,
            ["mention_everyone"] = false,
            ["tts"] = false,
            ["application_id"] = Text(world.Application),
        };
        if (message.ReplyTo is { } parent) json["message_reference"] = new JsonObject { ["type"] = 0, ["channel_id"] = Text(message.Channel), ["message_id"] = Text(parent) };
        return json;
    }

    /// <summary>A file as messages and options show it.</summary>
    public static JsonObject Attachment(StandInFile file) => new()
    {
        ["id"] = Text(file.Id), ["filename"] = file.Name, ["size"] = file.Content.Length, ["url"] = file.Url, ["proxy_url"] = file.Url, ["content_type"] = file.ContentType,
    };

    /// <summary>A user.</summary>
    public static JsonObject User(ulong id, string name, bool isBot = false)
    {
        JsonObject json = new()
        {
            ["id"] = Text(id), ["username"] = "user" + Text(id), ["avatar"] = null, ["discriminator"] = "0", ["public_flags"] = 0, ["flags"] = 0,
            ["global_name"] = name, ["primary_guild"] = null,
        };
        if (isBot) json["bot"] = true;
        return json;
    }

    private static JsonObject Component(JsonObject sent, StandInMessage message, ref int next)
    {
        JsonObject json = sent.DeepClone().AsObject();
        json["id"] = next++;
        switch ((int)json["type"]!)
        {
            case 17:
                json["accent_color"] ??= null;
                json["spoiler"] ??= false;
                break;
            case 3:
                json["min_values"] ??= 1;
                json["max_values"] ??= 1;
                break;
            case 12:
                foreach (JsonNode? item in json["items"]!.AsArray()) Expand(item!.AsObject(), message);
                break;
        }

        if (json["components"] is JsonArray inner)
        {
            JsonArray expanded = [];
            foreach (JsonNode? component in inner) expanded.Add(Component(component!.AsObject(), message, ref next));
            json["components"] = expanded;
        }

        return json;
    }

    private static void Expand(JsonObject item, StandInMessage message)
    {
        item["description"] ??= null;
        item["spoiler"] ??= false;
        string url = (string)item["media"]!["url"]!;
        StandInFile file = message.Files.Single(candidate => "attachment://" + candidate.Name == url);
        item["media"] = new JsonObject
        {
            ["id"] = Text(file.Id), ["url"] = file.Url, ["proxy_url"] = file.Url, ["content_type"] = file.ContentType, ["attachment_id"] = Text(file.Id),
        };
    }

    private static string Text(ulong id) => id.ToString(CultureInfo.InvariantCulture);
}
