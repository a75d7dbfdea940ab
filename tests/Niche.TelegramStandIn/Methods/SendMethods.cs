using System.Globalization;
using System.Text.Json.Nodes;
using Niche.TelegramStandIn.Files;
using Niche.TelegramStandIn.Flood;
using Niche.TelegramStandIn.Text;
using Niche.TelegramStandIn.Wire;
using Niche.TelegramStandIn.World;

namespace Niche.TelegramStandIn.Methods;

/// <summary>Messages, pictures, albums, files, drafts and what a chat shows while the bot is at work.</summary>
internal sealed class SendMethods(StandInWorld world, FloodGate flood)
{
    private static readonly string[] Actions =
    [
        "typing", "upload_photo", "record_video", "upload_video", "record_voice", "upload_voice", "upload_document", "choose_sticker", "find_location",
        "record_video_note", "upload_video_note",
    ];

    private int _lastAlbum;

    public ApiAnswer Message(ApiCall call)
    {
        (FormattedText text, ApiAnswer? refusal) = Formatting.Text(call);
        return refusal ?? Send(call, message => Formatting.Set(message, "text", text));
    }

    public ApiAnswer Photo(ApiCall call) => Media(call, "photo", true);

    public ApiAnswer Document(ApiCall call) => Media(call, "document", false);

    public ApiAnswer Album(ApiCall call)
    {
        if (call.Json("media") is not JsonArray { Count: >= 2 and <= 10 } media) return ApiAnswer.Bad("there must be 2-10 items in the album");
        List<JsonObject> contents = [];
        foreach (JsonNode? item in media)
        {
            bool photo = (string?)item!["type"] == "photo";
            (StoredFile? file, ApiAnswer? bad) = world.Files.Take(call, "", photo, (string?)item["media"] ?? "");
            (FormattedText caption, ApiAnswer? wrong) = Formatting.Caption((string?)item["caption"], (string?)item["parse_mode"], item["caption_entities"]);
            if ((bad ?? wrong) is { } refusal) return refusal;
            JsonObject content = Content(file!, photo, (bool?)item["has_spoiler"] ?? false);
            Formatting.Set(content, "caption", caption);
            contents.Add(content);
        }

        (StandInChat chat, ApiAnswer? away) = Target.Find(world, call);
        JsonObject reply = [];
        if ((away ?? Target.Reply(chat, call, reply) ?? Admit(call, chat, contents.Count)) is { } no) return no;
        string album = (++_lastAlbum).ToString(CultureInfo.InvariantCulture);
        return ApiAnswer.Ok(new JsonArray([.. contents.Select(content =>
        {
            JsonObject message = Begin(chat, call);
            message["media_group_id"] = album;
            foreach ((string name, JsonNode? value) in reply.Concat(content)) message[name] = value!.DeepClone();
            return chat.Put(message).Json.DeepClone();
        })]));
    }

    public ApiAnswer Draft(ApiCall call)
    {
        (StandInChat chat, ApiAnswer? refusal) = Target.Find(world, call);
        if (refusal is not null) return refusal;
        if (chat.Type != "private") return ApiAnswer.Bad("method is available only for private chats");
        if (call.Number("draft_id") is null or 0) return ApiAnswer.Bad("draft_id must be non-zero");
        (FormattedText text, ApiAnswer? bad) = Formatting.Read(call.Text("text"), call.Text("parse_mode"), call.Json("entities"), Formatting.MaxText, "message is too long");
        if (bad is not null) return bad;
        chat.Draft = (text.Plain, chat.Draft.Count + 1);
        return ApiAnswer.Ok(true);
    }

    public ApiAnswer Action(ApiCall call)
    {
        (StandInChat chat, ApiAnswer? refusal) = Target.Find(world, call);
        if (refusal is not null) return refusal;
        if (!Actions.Contains(call.Text("action"))) return ApiAnswer.Bad("wrong parameter action in request");
        chat.Actions++;
        return ApiAnswer.Ok(true);
    }

    public static JsonObject Content(StoredFile file, bool photo, bool spoiler)
    {
        JsonObject content = photo ? new JsonObject { ["photo"] = FileShelf.PhotoSizes(file) } : new JsonObject { ["document"] = StandInWorld.Document(file) };
        if (spoiler && photo) content["has_media_spoiler"] = true;
        return content;
    }

    public ApiAnswer? Admit(ApiCall call, StandInChat chat, int messages) =>
        flood.Admit(chat.Id, chat.Type != "private", messages, call.At) is { } wait ? ApiAnswer.Flood(wait) : null;

    private ApiAnswer Media(ApiCall call, string name, bool photo)
    {
        (FormattedText caption, ApiAnswer? bad) = Formatting.Caption(call.Text("caption"), call.Text("parse_mode"), call.Json("caption_entities"));
        if (bad is not null) return bad;
        (StoredFile? file, ApiAnswer? refusal) = world.Files.Take(call, name, photo);
        return refusal ?? Send(call, message =>
        {
            foreach ((string key, JsonNode? value) in Content(file!, photo, call.Flag("has_spoiler"))) message[key] = value!.DeepClone();
            Formatting.Set(message, "caption", caption);
        });
    }

    private ApiAnswer Send(ApiCall call, Action<JsonObject> fill)
    {
        (StandInChat chat, ApiAnswer? refusal) = Target.Find(world, call);
        JsonObject message = Begin(chat, call);
        JsonNode? markup = call.Json("reply_markup");
        if ((refusal ?? Keyboard.Refuse(markup) ?? Target.Reply(chat, call, message) ?? Admit(call, chat, 1)) is { } no) return no;
        fill(message);
        if (markup?["inline_keyboard"] is not null) message["reply_markup"] = markup.DeepClone();
        chat.Draft = ("", chat.Draft.Count);
        return ApiAnswer.Ok(chat.Put(message).Json.DeepClone());
    }

    private JsonObject Begin(StandInChat chat, ApiCall call)
    {
        JsonObject message = new() { ["from"] = world.PublicBot(), ["chat"] = chat.Json(), ["date"] = world.Now() };
        if (call.Number("message_thread_id") is { } topic) (message["message_thread_id"], message["is_topic_message"]) = (topic, true);
        return message;
    }
}
