using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Niche.DiscordStandIn.World;

namespace Niche.DiscordStandIn.Interactions;

/// <summary>Makes interactions as Discord sends them, and opens their tokens.</summary>
/// <param name="world">The world.</param>
public sealed class InteractionMaker(StandInWorld world)
{
    /// <summary>Asks whether the app is there.</summary>
    public OpenInteraction Ping() => Open(1, null, null, null, null);

    /// <summary>Sends a slash command. Values are texts, numbers, booleans, or files.</summary>
    public OpenInteraction Command(StandInUser user, StandInChannel channel, string name, params (string Name, object Value)[] options) =>
        Open(2, user, channel, CommandData(name, options, null), null);

    /// <summary>Types an option of a slash command.</summary>
    public OpenInteraction Typing(StandInUser user, StandInChannel channel, string name, string focused, params (string Name, object Value)[] options) =>
        Open(4, user, channel, CommandData(name, options, focused), null);

    /// <summary>Uses a message command.</summary>
    public OpenInteraction MessageCommand(StandInUser user, StandInChannel channel, string name, StandInMessage target) =>
        MessageCommand(user, channel, name, MessageJson.Of(target, world));

    /// <summary>Uses a message command on a message of anybody.</summary>
    public OpenInteraction MessageCommand(StandInUser user, StandInChannel channel, string name, JsonObject target)
    {
        string id = (string)target["id"]!;
        return Open(2, user, channel, new JsonObject
        {
            ["id"] = Text(world.NextId()), ["name"] = name, ["type"] = 3, ["target_id"] = id,
            ["resolved"] = new JsonObject { ["messages"] = new JsonObject { [id] = target.DeepClone() } },
        }, null);
    }

    /// <summary>Presses a button; with values: chooses from a list.</summary>
    public OpenInteraction Press(StandInUser user, StandInMessage message, string customId, params string[] values)
    {
        JsonObject data = new() { ["custom_id"] = customId, ["component_type"] = values.Length > 0 ? 3 : 2, ["id"] = 1 };
        if (values.Length > 0) data["values"] = new JsonArray([.. values.Select(value => (JsonNode)value)]);
        return Open(3, user, world.Channels[message.Channel], data, message);
    }

    /// <summary>Sends a form that the app showed, with what is entered for some of its fields; the others keep what stands in them.</summary>
    public OpenInteraction Submit(StandInUser user, OpenInteraction shown, params (string Field, string Value)[] entered)
    {
        JsonObject form = shown.Callback!["data"]!.AsObject();
        Dictionary<string, string> texts = entered.ToDictionary(field => field.Field, field => field.Value, StringComparer.Ordinal);
        JsonArray components = [.. form["components"]!.AsArray().Select(label =>
        {
            JsonObject input = label!["component"]!.AsObject();
            string id = (string)input["custom_id"]!;
            return new JsonObject
            {
                ["type"] = 18, ["id"] = 1,
                ["component"] = new JsonObject { ["type"] = 4, ["id"] = 2, ["custom_id"] = id, ["value"] = texts.GetValueOrDefault(id) ?? (string?)input["value"] ?? "" },
            };
        })];
        return Open(5, user, shown.Channel, new JsonObject { ["custom_id"] = (string)form["custom_id"]!, ["components"] = components }, shown.Source);
    }

    private OpenInteraction Open(int kind, StandInUser? user, StandInChannel? channel, JsonObject? data, StandInMessage? source)
    {
        ulong id = world.NextId();
        string token = Convert.ToBase64String(RandomNumberGenerator.GetBytes(96)).Replace('+', '-').Replace('/', '_');
        JsonObject payload = new()
        {
            ["id"] = Text(id), ["application_id"] = Text(world.Application), ["type"] = kind, ["token"] = token, ["version"] = 1,
            ["app_permissions"] = "2248473465835073", ["entitlements"] = new JsonArray(), ["authorizing_integration_owners"] = new JsonObject { ["0"] = "1" },
            ["attachment_size_limit"] = channel?.AttachmentLimit ?? 10 * 1024 * 1024,
        };
        if (data is not null) payload["data"] = data;
        if (channel is not null && user is not null) Place(payload, user, channel);
        if (source is not null) payload["message"] = MessageJson.Of(source, world);
        OpenInteraction open = new() { Id = id, Token = token, Kind = kind, Channel = channel, At = world.Time.GetUtcNow(), Source = source, Payload = payload };
        return world.Interactions[token] = open;
    }

    private static void Place(JsonObject payload, StandInUser user, StandInChannel channel)
    {
        JsonObject person = MessageJson.User(user.Id, user.Name);
        JsonObject where = new() { ["id"] = Text(channel.Id), ["type"] = channel.Type };
        if (channel.IsNsfw) where["nsfw"] = true;
        if (channel.Parent is { } parent) where["parent_id"] = Text(parent);
        payload["channel"] = where;
        payload["channel_id"] = Text(channel.Id);
        payload["locale"] = user.Locale;
        payload["context"] = channel.Guild is null ? 1 : 0;
        if (channel.Guild is { } guild)
        {
            payload["guild_id"] = Text(guild);
            payload["guild_locale"] = "en-US";
            payload["member"] = new JsonObject { ["user"] = person, ["permissions"] = Text(user.Permissions), ["roles"] = new JsonArray(), ["nick"] = null };
        }
        else
        {
            payload["user"] = person;
        }
    }

    private JsonObject CommandData(string name, (string Name, object Value)[] options, string? focused)
    {
        JsonObject attachments = [];
        JsonArray list = [];
        foreach ((string option, object value) in options)
        {
            JsonObject json = new() { ["name"] = option, ["type"] = value switch { int or long => 4, double => 10, bool => 5, StandInFile => 11, _ => 3 } };
            json["value"] = value switch
            {
                int number => number,
                long number => number,
                double number => number,
                bool flag => flag,
                StandInFile file => Text(file.Id),
                _ => (string)value,
            };
            if (value is StandInFile sent) attachments[Text(sent.Id)] = MessageJson.Attachment(sent);
            if (option == focused) json["focused"] = true;
            list.Add(json);
        }

        JsonObject data = new() { ["id"] = Text(world.NextId()), ["name"] = name, ["type"] = 1 };
        if (list.Count > 0) data["options"] = list;
        if (attachments.Count > 0) data["resolved"] = new JsonObject { ["attachments"] = attachments };
        return data;
    }

    private static string Text(ulong id) => id.ToString(CultureInfo.InvariantCulture);
}
