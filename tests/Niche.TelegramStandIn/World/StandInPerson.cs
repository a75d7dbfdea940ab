using System.Text.Json.Nodes;
using Niche.TelegramStandIn.Files;
using Niche.TelegramStandIn.Text;

namespace Niche.TelegramStandIn.World;

/// <summary>Somebody with the app: types, sends, presses. Each deed becomes an update for the bot.</summary>
public sealed class StandInPerson
{
    private readonly StandInWorld _world;

    internal StandInPerson(StandInWorld world, long id, string name, string? language)
    {
        _world = world;
        Id = id;
        Name = name;
        Language = language;
    }

    /// <summary>Id of the account.</summary>
    public long Id { get; }

    /// <summary>First name, as strange as people like it.</summary>
    public string Name { get; }

    /// <summary>Language of the app, such as <c>de</c>; null when it tells none.</summary>
    public string? Language { get; }

    /// <summary>The private chat with the bot.</summary>
    public StandInChat Chat { get; internal set; } = null!;

    /// <summary>Writes a text, into the private chat unless another is named.</summary>
    /// <param name="text">The text.</param>
    /// <param name="chat">Where.</param>
    /// <param name="replyTo">The message that it answers.</param>
    /// <param name="topic">The topic of a forum.</param>
    public StandInMessage Says(string text, StandInChat? chat = null, StandInMessage? replyTo = null, int? topic = null)
    {
        JsonObject content = new() { ["text"] = text, ["entities"] = TypedText.Entities(text) };
        if (topic is { } number) (content["message_thread_id"], content["is_topic_message"]) = (number, true);
        return Post(chat, replyTo, content);
    }

    /// <summary>Sends a picture the usual way: the server knows only sizes of it.</summary>
    /// <param name="picture">PNG or JPEG.</param>
    /// <param name="caption">Text below it.</param>
    /// <param name="chat">Where; the private chat when null.</param>
    /// <param name="size">Bytes as the server tells them; the true number when null.</param>
    /// <param name="album">The album that it belongs to.</param>
    public StandInMessage SendsPhoto(byte[] picture, string? caption = null, StandInChat? chat = null, long? size = null, string? album = null)
    {
        JsonObject content = new() { ["photo"] = _world.Look(() => FileShelf.PhotoSizes(_world.Files.Add("photo.jpg", "image/jpeg", picture, true, size))) };
        if (album is not null) content["media_group_id"] = album;
        return Post(chat, null, Captioned(content, caption));
    }

    /// <summary>Sends a file as it is.</summary>
    public StandInMessage SendsDocument(string name, string contentType, byte[] bytes, string? caption = null, StandInChat? chat = null, long? size = null)
    {
        StoredFile file = _world.Look(() => _world.Files.Add(name, contentType, bytes, false, size));
        return Post(chat, null, Captioned(new JsonObject { ["document"] = StandInWorld.Document(file) }, caption));
    }

    /// <summary>Changes what was written.</summary>
    public void Edits(StandInMessage message, string text) => _world.Change(() =>
    {
        JsonObject json = message.Json.DeepClone().AsObject();
        json["text"] = text;
        json["entities"] = TypedText.Entities(text);
        json["edit_date"] = _world.Now();
        _world.Feed.Add("edited_message", message.Chat.Replace(message, json).Json);
    });

    /// <summary>Deletes a message for everybody. Bots are not told.</summary>
    public void Deletes(StandInMessage message) => _world.Change(() => message.Chat.Remove(message.Id));

    /// <summary>Presses a button, found by what is on it.</summary>
    public StandInQuery Presses(StandInMessage message, string button) => PressesData(message, message.Buttons.First(one => one.Text == button && one.Data is not null).Data!);

    /// <summary>Presses a button with any data: apps that were tampered with can.</summary>
    public StandInQuery PressesData(StandInMessage message, string data) => _world.Change(() =>
    {
        StandInQuery query = _world.Ask(StandInWorld.PressLimit);
        JsonObject json = new() { ["id"] = query.Id, ["from"] = Json(), ["chat_instance"] = $"{message.Chat.Id}", ["data"] = data };
        if (message.Json["inline_message_id"] is { } inline) json["inline_message_id"] = inline.DeepClone();
        else json["message"] = (message.Chat.Find(message.Id) ?? message).Json.DeepClone();
        _world.Feed.Add("callback_query", json);
        return query;
    });

    /// <summary>Types <c>@bot text</c> into the field of any chat.</summary>
    public StandInQuery Asks(string text, string offset = "") => _world.Change(() =>
    {
        StandInQuery query = _world.Ask(StandInWorld.InlineLimit);
        _world.Feed.Add("inline_query", new JsonObject { ["id"] = query.Id, ["from"] = Json(), ["query"] = text, ["offset"] = offset, ["chat_type"] = "supergroup" });
        return query;
    });

    /// <summary>Picks a result of an inline query: it becomes a message somewhere, which the bot may edit by its inline id.</summary>
    public StandInMessage Picks(string text, JsonObject result) => _world.Change(() =>
    {
        string id = _world.NextInlineId();
        JsonObject json = new() { ["from"] = Json(), ["date"] = _world.Now(), ["inline_message_id"] = id, ["text"] = (string?)result["input_message_content"]?["message_text"] ?? "" };
        if (result["reply_markup"] is { } keyboard) json["reply_markup"] = keyboard.DeepClone();
        StandInMessage message = _world.Elsewhere.Put(json);
        JsonObject chosen = new() { ["result_id"] = (string)result["id"]!, ["from"] = Json(), ["query"] = text };
        if (json.ContainsKey("reply_markup")) chosen["inline_message_id"] = id;
        _world.Feed.Add("chosen_inline_result", chosen);
        return message;
    });

    internal JsonObject Json()
    {
        JsonObject user = new() { ["id"] = Id, ["is_bot"] = false, ["first_name"] = Name };
        if (Language is not null) user["language_code"] = Language;
        return user;
    }

    private static JsonObject Captioned(JsonObject content, string? caption)
    {
        if (caption is null) return content;
        content["caption"] = caption;
        content["caption_entities"] = TypedText.Entities(caption);
        return content;
    }

    private StandInMessage Post(StandInChat? chat, StandInMessage? replyTo, JsonObject content) => _world.Change(() =>
    {
        StandInChat target = chat ?? Chat;
        JsonObject json = new() { ["from"] = Json(), ["chat"] = target.Json(), ["date"] = _world.Now() };
        if (replyTo is not null) json["reply_to_message"] = StandInWorld.WithoutReply((target.Find(replyTo.Id) ?? replyTo).Json);
        foreach ((string name, JsonNode? value) in content)
        {
            if (value is not JsonArray { Count: 0 }) json[name] = value!.DeepClone();
        }

        StandInMessage message = target.Put(json);
        _world.Feed.Add("message", message.Json);
        return message;
    });
}
