using System.Text.Json.Nodes;
using Niche.DiscordStandIn.Description;
using Niche.DiscordStandIn.World;

namespace Niche.DiscordStandIn.Rest;

/// <summary>What messages of all kinds have in common: they are made, changed and deleted alike.</summary>
/// <param name="world">The world.</param>
internal sealed class MessageCalls(StandInWorld world)
{
    /// <summary>An error of calls about a message that is not there.</summary>
    public static ApiAnswer Unknown { get; } = ApiAnswer.Error(404, 10008, "Unknown Message");

    /// <summary>Makes a message.</summary>
    public (StandInMessage? Message, ApiAnswer? Refusal) Create(ApiCall call, StandInChannel channel, bool mayBeEphemeral)
    {
        JsonObject body = Body(call);
        if (Judge(call, body, channel, null, mayBeEphemeral) is { } refusal) return (null, refusal);
        StandInMessage message = new()
        {
            Id = world.NextId(), Channel = channel.Id, At = world.Time.GetUtcNow(),
            ReplyTo = body["message_reference"] is JsonObject parent ? ulong.Parse((string)parent["message_id"]!, System.Globalization.CultureInfo.InvariantCulture) : null,
        };
        Fill(message, body, call);
        world.Messages[message.Id] = message;
        return (message, null);
    }

    /// <summary>Changes a message.</summary>
    public ApiAnswer Edit(ApiCall call, StandInMessage? message, StandInChannel channel)
    {
        if (message is null or { IsDeleted: true }) return Unknown;
        JsonObject body = Body(call);
        if (Judge(call, body, channel, message, mayBeEphemeral: false) is { } refusal) return refusal;
        Fill(message, body, call);
        message.Edits++;
        return ApiAnswer.Ok(MessageJson.Of(message, world));
    }

    /// <summary>Deletes a message.</summary>
    public static ApiAnswer Delete(StandInMessage? message)
    {
        if (message is null or { IsDeleted: true }) return Unknown;
        message.IsDeleted = true;
        return ApiAnswer.Done;
    }

    private static JsonObject Body(ApiCall call) => call.Json is { } json ? JsonNode.Parse(json.GetRawText())!.AsObject() : [];

    private static ApiAnswer? Judge(ApiCall call, JsonObject body, StandInChannel channel, StandInMessage? before, bool mayBeEphemeral)
    {
        if (call.Files.Values.Any(file => file.Content.Length > channel.AttachmentLimit)) return ApiAnswer.Error(413, 40005, "Request entity too large");
        IReadOnlyList<Fault> faults = MessageRules.Check(body, call.Files, before, mayBeEphemeral);
        return faults.Count > 0 ? ApiAnswer.Invalid(faults) : null;
    }

    private void Fill(StandInMessage message, JsonObject body, ApiCall call)
    {
        MessageContent before = message.Shown;
        IEnumerable<StandInFile> kept = before.Files;
        if (body["attachments"] is JsonArray attachments)
        {
            HashSet<string> ids = [.. attachments.Select(item => (string)item!["id"]!)];
            kept = kept.Where(file => ids.Contains(file.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)));
        }

        message.Shown = new MessageContent(
            (before.Flags | (body["flags"] is { } flags ? (int)flags : 0)) & ~StandInMessage.LoadingFlag,
            body["content"] is { } content ? (string)content! : before.Text,
            body["components"] is JsonArray components ? components.DeepClone().AsArray() : before.Components,
            [.. kept, .. call.Files.OrderBy(pair => pair.Key).Select(pair => world.AddFile(pair.Value.Name, pair.Value.ContentType, pair.Value.Content))]);
    }
}
