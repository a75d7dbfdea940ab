using System.Text.Json.Nodes;
using Niche.TelegramStandIn.Files;
using Niche.TelegramStandIn.Text;
using Niche.TelegramStandIn.Wire;
using Niche.TelegramStandIn.World;

namespace Niche.TelegramStandIn.Methods;

/// <summary>Changes of messages, and their end.</summary>
internal sealed class EditMethods(StandInWorld world, SendMethods send)
{
    private static readonly TimeSpan DeleteLimit = TimeSpan.FromHours(48);

    public ApiAnswer Text(ApiCall call)
    {
        (FormattedText text, ApiAnswer? bad) = Formatting.Text(call);
        if (bad is not null) return bad;
        return Edit(call, message =>
        {
            if (!message.ContainsKey("text")) return ApiAnswer.Bad("there is no text in the message to edit");
            Formatting.Set(message, "text", text);
            return null;
        });
    }

    public ApiAnswer Caption(ApiCall call)
    {
        (FormattedText text, ApiAnswer? bad) = Formatting.Caption(call.Text("caption"), call.Text("parse_mode"), call.Json("caption_entities"));
        if (bad is not null) return bad;
        return Edit(call, message =>
        {
            if (message.ContainsKey("text")) return ApiAnswer.Bad("there is no caption in the message to edit");
            Formatting.Set(message, "caption", text);
            return null;
        });
    }

    public ApiAnswer Media(ApiCall call)
    {
        JsonNode? media = call.Json("media");
        string reference = (string?)media?["media"] ?? "";
        if (call.Text("inline_message_id") is not null && call.File("", reference) is not null) return ApiAnswer.Bad("a new file can't be uploaded to an inline message");
        bool photo = (string?)media?["type"] == "photo";
        (StoredFile? file, ApiAnswer? wrong) = world.Files.Take(call, "", photo, reference);
        (FormattedText caption, ApiAnswer? bad) = Formatting.Caption((string?)media?["caption"], (string?)media?["parse_mode"], media?["caption_entities"]);
        if ((wrong ?? bad) is { } refusal) return refusal;
        return Edit(call, message =>
        {
            foreach (string old in new[] { "text", "entities", "photo", "document", "has_media_spoiler" }) message.Remove(old);
            foreach ((string key, JsonNode? value) in SendMethods.Content(file!, photo, (bool?)media!["has_spoiler"] ?? false)) message[key] = value!.DeepClone();
            Formatting.Set(message, "caption", caption);
            return null;
        });
    }

    public ApiAnswer Markup(ApiCall call) => Edit(call, _ => null);

    public ApiAnswer Delete(ApiCall call)
    {
        (StandInChat chat, ApiAnswer? refusal) = Target.Find(world, call);
        if (refusal is not null) return refusal;
        if (chat.Find(call.Number("message_id")) is not { } message) return ApiAnswer.Bad("message to delete not found");
        return MayDelete(message, call) && chat.Remove(message.Id) ? ApiAnswer.Ok(true) : ApiAnswer.Bad("message can't be deleted");
    }

    public ApiAnswer DeleteMany(ApiCall call)
    {
        (StandInChat chat, ApiAnswer? refusal) = Target.Find(world, call);
        if (refusal is not null) return refusal;
        if (call.Json("message_ids") is not JsonArray { Count: >= 1 and <= 100 } ids) return ApiAnswer.Bad("message identifiers are not specified");
        foreach (JsonNode? id in ids)
        {
            if (chat.Find((long?)id) is not { } message) continue;
            if (!MayDelete(message, call)) return ApiAnswer.Bad("message can't be deleted");
            chat.Remove(message.Id);
        }

        return ApiAnswer.Ok(true);
    }

    private static bool MayDelete(StandInMessage message, ApiCall call) =>
        (message.FromBot || message.Chat.Type == "private") && call.At.ToUnixTimeSeconds() - (long)message.Json["date"]! < DeleteLimit.TotalSeconds;

    private ApiAnswer Edit(ApiCall call, Func<JsonObject, ApiAnswer?> change)
    {
        (StandInMessage? message, ApiAnswer? refusal) = Target.FindMessage(world, call);
        JsonNode? markup = call.Json("reply_markup");
        if ((refusal ?? Keyboard.Refuse(markup)) is { } no) return no;
        JsonObject json = message!.Json.DeepClone().AsObject();
        if (change(json) is { } wrong) return wrong;
        // An edit without a keyboard takes the keyboard away.
        json.Remove("reply_markup");
        if (markup?["inline_keyboard"] is JsonArray { Count: > 0 }) json["reply_markup"] = markup.DeepClone();
        if (JsonNode.DeepEquals(Shown(json), Shown(message.Json)))
        {
            return ApiAnswer.Bad("message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message");
        }

        if (send.Admit(call, message.Chat, 1) is { } flood) return flood;
        bool inline = json.ContainsKey("inline_message_id");
        json["edit_date"] = world.Now();
        message.Chat.Replace(message, json);
        return ApiAnswer.Ok(inline ? true : json.DeepClone());
    }

    private static JsonObject Shown(JsonObject message)
    {
        JsonObject copy = message.DeepClone().AsObject();
        copy.Remove("edit_date");
        return copy;
    }
}
