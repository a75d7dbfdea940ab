using System.Text.Json.Nodes;
using Niche.TelegramStandIn.Wire;
using Niche.TelegramStandIn.World;

namespace Niche.TelegramStandIn.Methods;

/// <summary>Finds the chat that a call writes to, and what stands in the way.</summary>
internal static class Target
{
    /// <summary>The chat, or the refusal of the server.</summary>
    public static (StandInChat Chat, ApiAnswer? Refusal) Find(StandInWorld world, ApiCall call)
    {
        if (call.Number("chat_id") is not { } id || world.Chat(id) is not { } chat) return (world.Elsewhere, ApiAnswer.Bad("chat not found"));
        if (chat.MigratedTo is { } moved)
            return (chat, new ApiAnswer(400, null, "Bad Request: group chat was upgraded to a supergroup chat", MigratedTo: moved.Id));
        if (chat.Closed is { } reason) return (chat, ApiAnswer.Forbidden(reason));
        return chat is { Type: "private", HasSpoken: false } ? (chat, ApiAnswer.Forbidden("bot can't initiate conversation with a user")) : (chat, null);
    }

    /// <summary>The message that a call edits: one of a chat, or one that an inline result became.</summary>
    public static (StandInMessage? Message, ApiAnswer? Refusal) FindMessage(StandInWorld world, ApiCall call)
    {
        if (call.Text("inline_message_id") is { } inline)
        {
            StandInMessage? picked = world.Elsewhere.Find(message => (string?)message.Json["inline_message_id"] == inline);
            return picked is null ? (null, ApiAnswer.Bad("MESSAGE_ID_INVALID")) : (picked, null);
        }

        (StandInChat chat, ApiAnswer? refusal) = Find(world, call);
        if (refusal is not null) return (null, refusal);
        if (chat.Find(call.Number("message_id")) is not { } message) return (null, ApiAnswer.Bad("message to edit not found"));
        return message.FromBot ? (message, null) : (null, ApiAnswer.Bad("message can't be edited"));
    }

    /// <summary>A member of a chat and what they may do.</summary>
    public static ApiAnswer Member(StandInWorld world, ApiCall call)
    {
        (StandInChat chat, ApiAnswer? refusal) = Find(world, call);
        if (refusal is not null) return refusal;
        if (world.PersonOf(call.Number("user_id")) is not { } person) return ApiAnswer.Bad("PARTICIPANT_ID_INVALID");
        JsonObject member = new() { ["status"] = "member", ["user"] = person.Json() };
        if (chat.Administrators.Contains(person.Id)) (member["status"], member["is_anonymous"]) = ("creator", false);
        return ApiAnswer.Ok(member);
    }

    /// <summary>Adds what the message answers; a refusal when that message is gone and the bot insists.</summary>
    public static ApiAnswer? Reply(StandInChat chat, ApiCall call, JsonObject message)
    {
        if (call.Json("reply_parameters") is not JsonObject reply) return null;
        if (chat.Find((long?)reply["message_id"]) is { } answered) message["reply_to_message"] = StandInWorld.WithoutReply(answered.Json);
        else if (!((bool?)reply["allow_sending_without_reply"] ?? false)) return ApiAnswer.Bad("message to be replied not found");
        return null;
    }
}
