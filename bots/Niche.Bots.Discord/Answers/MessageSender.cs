using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using Niche.Bots.Discord.Messages;
using Niche.Bots.Discord.Rest;
using Niche.Bots.Incoming;
using Niche.Bots.Outgoing;
using Niche.Bots.Platforms;

namespace Niche.Bots.Discord.Answers;

/// <summary>Sends new messages: by the interaction's token while it is valid, which needs no rights in the channel, and to the channel afterwards.</summary>
internal sealed class MessageSender(DiscordRest rest, MessageBody bodies, TimeProvider time, ILogger log)
{
    private static readonly TimeSpan SecondTry = TimeSpan.FromMilliseconds(500), Soon = TimeSpan.FromSeconds(1);

    // The acknowledgement has 3 seconds, and Discord's servers hear of it at different times.
    private static readonly TimeSpan Acknowledging = TimeSpan.FromSeconds(5);

    /// <summary>Sends a view to a place.</summary>
    /// <param name="place">Where.</param>
    /// <param name="view">What.</param>
    /// <param name="isFirst">It is what the acknowledgement promised.</param>
    /// <param name="maxFileBytes">Largest file.</param>
    /// <param name="ct">Stops.</param>
    public async Task<MessageRef> SendAsync(Place place, View view, bool isFirst, long maxFileBytes, CancellationToken ct)
    {
        if (AnswerToken.Read(place.Token, place.TokenUntil, time.GetUtcNow()) is { } token)
        {
            (DiscordAnswer answer, bool isOriginal) = await AnswerAsync(token, view, isFirst, maxFileBytes, ct).ConfigureAwait(false);
            if (answer.IsSuccess) return Refer(place, answer, view.Private, (token with { IsOriginal = isOriginal }).ToString());
            if (answer.Error.Kind != DiscordErrorKind.TokenVoid) throw answer.Error.ToException();
            // Work begins when an event is kept, which may be before Discord is told so.
            if (time.GetUtcNow() < place.TokenUntil - AnswerToken.Life + Acknowledging)
                throw new PlatformException(PlatformFault.Busy, "The event is not acknowledged yet.", Soon);
            log.LogInformation("A token was void before its time; the answer goes to the channel");
        }

        // What one person may see never goes to a channel.
        if (view.Private) throw new PlatformException(PlatformFault.Expired, "The time to answer in private is over.");
        return await PostAsync(place, view, Guid.NewGuid().ToString("n"), maxFileBytes, ct).ConfigureAwait(false);
    }

    /// <summary>Sends a view to a person alone.</summary>
    /// <param name="user">The person.</param>
    /// <param name="view">What.</param>
    /// <param name="key">What it is about: within some minutes Discord takes the same once.</param>
    /// <param name="maxFileBytes">Largest file.</param>
    /// <param name="ct">Stops.</param>
    public async Task<MessageRef> SendDirectAsync(ulong user, View view, string key, long maxFileBytes, CancellationToken ct)
    {
        DiscordBody who = new(new JsonObject { ["recipient_id"] = Ids.Write(user) });
        DiscordAnswer opened = await rest.SendAsync(DiscordRoute.Direct(), who, DiscordPlatform.Patience, ct, isRepeatable: true).ConfigureAwait(false);
        if (!opened.IsSuccess) throw opened.Error.ToException();
        ulong channel = opened.Id ?? throw new PlatformException(PlatformFault.Unavailable, "Discord did not tell the id of the private chat.");
        Place alone = new() { Platform = DiscordPlatform.PlatformName, Channel = Ids.Write(channel), Kind = ChannelKind.Private };
        string nonce = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));
        return await PostAsync(alone, view, nonce, maxFileBytes, ct).ConfigureAwait(false);
    }

    private async Task<(DiscordAnswer Answer, bool IsOriginal)> AnswerAsync(AnswerToken token, View view, bool isFirst, long maxFileBytes, CancellationToken ct)
    {
        if (isFirst)
        {
            DiscordBody body = await bodies.MakeAsync(view, true, maxFileBytes, [], ct).ConfigureAwait(false);
            DiscordAnswer first = await AnswerFirstAsync(token, body, ct).ConfigureAwait(false);
            // Its reader may have dismissed it while it was waited for: then the answer comes as a further message.
            if (first.Error?.Kind != DiscordErrorKind.MessageGone) return (first, true);
        }

        KeyValuePair<string, JsonNode?>[] flags = view.Private ? [new("flags", ViewRenderer.ComponentsFlag | ViewRenderer.EphemeralFlag)] : [];
        DiscordBody further = await bodies.MakeAsync(view, false, maxFileBytes, flags, ct).ConfigureAwait(false);
        return (await rest.SendAsync(DiscordRoute.FollowUp(token.Application, token.Token), further, DiscordPlatform.Patience, ct).ConfigureAwait(false), false);
    }

    private async Task<DiscordAnswer> AnswerFirstAsync(AnswerToken token, DiscordBody body, CancellationToken ct)
    {
        DiscordRoute route = DiscordRoute.Answer(HttpMethod.Patch, token.Application, token.Token, null);
        DiscordAnswer answer = await rest.SendAsync(route, body, DiscordPlatform.Patience, ct).ConfigureAwait(false);
        if (answer.Error?.Kind != DiscordErrorKind.TokenVoid) return answer;
        // An acknowledgement that is just arriving: one more try before the token is given up.
        await Task.Delay(SecondTry, time, ct).ConfigureAwait(false);
        return await rest.SendAsync(route, body, DiscordPlatform.Patience, ct).ConfigureAwait(false);
    }

    private async Task<MessageRef> PostAsync(Place place, View view, string nonce, long maxFileBytes, CancellationToken ct)
    {
        // Discord answers a repeated nonce with the message that exists: a post that may have arrived can be tried again.
        Dictionary<string, JsonNode?> more = new() { ["nonce"] = nonce[..25], ["enforce_nonce"] = true };
        if (place.ReplyTo is { } parent) more["message_reference"] = new JsonObject { ["message_id"] = parent, ["fail_if_not_exists"] = false };
        DiscordBody body = await bodies.MakeAsync(view, false, maxFileBytes, more, ct).ConfigureAwait(false);
        DiscordAnswer posted = await rest.SendAsync(DiscordRoute.Messages(Ids.ChannelOf(place)), body, DiscordPlatform.Patience, ct, isRepeatable: true).ConfigureAwait(false);
        return posted.IsSuccess ? Refer(place, posted, false, null) : throw posted.Error.ToException();
    }

    private static MessageRef Refer(Place place, DiscordAnswer answer, bool isPrivate, string? token) => answer.Id is { } id
        ? new MessageRef(DiscordPlatform.PlatformName, Ids.Write(Ids.ChannelOf(place)), Ids.Write(id), null, token, token is null ? null : place.TokenUntil, isPrivate, place.MaxUploadBytes)
        : throw new PlatformException(PlatformFault.Unavailable, "Discord did not tell the id of the message.");
}
