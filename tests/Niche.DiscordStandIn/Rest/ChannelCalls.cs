using System.Globalization;
using System.Text.Json.Nodes;
using Niche.DiscordStandIn.World;

namespace Niche.DiscordStandIn.Rest;

/// <summary>Calls about channels, with the app's token.</summary>
/// <param name="world">The world.</param>
/// <param name="messages">What messages have in common.</param>
internal sealed class ChannelCalls(StandInWorld world, MessageCalls messages)
{
    /// <summary>create_message.</summary>
    public ApiAnswer Create(ApiCall call, string id)
    {
        (StandInChannel? channel, ApiAnswer? closed) = Find(id, isWrite: true);
        if (closed is not null) return closed;
        JsonNode? body = JsonNode.Parse(call.Json!.Value.GetRawText());
        string? nonce = (bool?)body!["enforce_nonce"] == true ? (string?)body["nonce"] : null;
        if (nonce is not null && world.Nonces.TryGetValue(nonce, out StandInMessage? before)) return ApiAnswer.Ok(MessageJson.Of(before, world));
        (StandInMessage? message, ApiAnswer? refusal) = messages.Create(call, channel!, mayBeEphemeral: false);
        if (refusal is not null) return refusal;
        if (nonce is not null) world.Nonces[nonce] = message!;
        return ApiAnswer.Ok(MessageJson.Of(message!, world));
    }

    /// <summary>update_message, delete_message, get_message.</summary>
    public ApiAnswer Message(ApiCall call, string channelId, string messageId)
    {
        (StandInChannel? channel, ApiAnswer? refusal) = Find(channelId, isWrite: false);
        if (refusal is not null) return refusal;
        StandInMessage? message = world.Messages.GetValueOrDefault(ulong.Parse(messageId, CultureInfo.InvariantCulture));
        // Nobody but its reader's client knows an ephemeral message.
        if (message is null or { IsDeleted: true } or { IsEphemeral: true } || message.Channel != channel!.Id) return MessageCalls.Unknown;
        return call.Method switch
        {
            "PATCH" => messages.Edit(call, message, channel),
            "DELETE" => MessageCalls.Delete(message),
            _ => ApiAnswer.Ok(MessageJson.Of(message, world)),
        };
    }

    /// <summary>create_dm: opens also where the person takes no messages; only a message shows that.</summary>
    public ApiAnswer OpenPrivate(ApiCall call)
    {
        ulong user = ulong.Parse(call.Json!.Value.GetProperty("recipient_id").GetString()!, CultureInfo.InvariantCulture);
        StandInChannel channel = world.PrivateWith(user);
        return ApiAnswer.Ok(new JsonObject
        {
            ["id"] = channel.Id.ToString(CultureInfo.InvariantCulture), ["type"] = 1, ["last_message_id"] = null, ["flags"] = 0,
            ["recipients"] = new JsonArray(MessageJson.User(user, "Somebody")),
        });
    }

    /// <summary>trigger_typing_indicator.</summary>
    public ApiAnswer Typing(string id) => Find(id, isWrite: true).Refusal ?? ApiAnswer.Done;

    private (StandInChannel? Channel, ApiAnswer? Refusal) Find(string id, bool isWrite)
    {
        StandInChannel? channel = world.Channels.GetValueOrDefault(ulong.Parse(id, CultureInfo.InvariantCulture));
        return channel?.State switch
        {
            null or ChannelState.Deleted => (null, ApiAnswer.Error(404, 10003, "Unknown Channel")),
            ChannelState.Left => (null, ApiAnswer.Error(403, 50001, "Missing Access")),
            ChannelState.Unwanted when isWrite => (null, ApiAnswer.Error(403, 50007, "Cannot send messages to this user")),
            ChannelState.ReadOnly when isWrite => (null, ApiAnswer.Error(403, 50013, "Missing Permissions")),
            _ => (channel, null),
        };
    }
}
