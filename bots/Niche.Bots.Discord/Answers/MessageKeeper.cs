using Niche.Bots.Discord.Rest;
using Niche.Bots.Outgoing;
using Niche.Bots.Platforms;

namespace Niche.Bots.Discord.Answers;

/// <summary>
/// Changes and deletes messages. First answers by their token, other public messages by the channel; an app without rights there (installed by a user, not by the
/// server) by the token again.
/// </summary>
internal sealed class MessageKeeper(DiscordRest rest, MessageBody bodies, TimeProvider time)
{
    /// <summary>Replaces a message by a view.</summary>
    public async Task EditAsync(MessageRef message, View view, long maxFileBytes, CancellationToken ct)
    {
        if (TokenOf(message) is null && message.Private) throw new PlatformException(PlatformFault.Expired, "The time to change a private answer is over.");
        DiscordBody body = await bodies.MakeAsync(view, true, maxFileBytes, [], ct).ConfigureAwait(false);
        DiscordAnswer answer = await CallAsync(HttpMethod.Patch, message, body, ct).ConfigureAwait(false);
        if (!answer.IsSuccess) throw answer.Error.ToException();
    }

    /// <summary>Deletes a message; one that is gone, or that nobody can reach any more, is no fault.</summary>
    public async Task DeleteAsync(MessageRef message, CancellationToken ct)
    {
        if (TokenOf(message) is null && message.Private) return;
        DiscordAnswer answer = await CallAsync(HttpMethod.Delete, message, null, ct).ConfigureAwait(false);
        if (answer.Error is { Kind: not (DiscordErrorKind.MessageGone or DiscordErrorKind.ChannelGone) } error) throw error.ToException();
    }

    private async Task<DiscordAnswer> CallAsync(HttpMethod method, MessageRef message, DiscordBody? body, CancellationToken ct)
    {
        ulong id = Ids.Read(message.Message);
        AnswerToken? token = TokenOf(message);
        if (token is not null && (message.Private || token.IsOriginal))
        {
            DiscordAnswer own = await ByTokenAsync(method, token, id, body, ct).ConfigureAwait(false);
            if (message.Private || own.Error?.Kind != DiscordErrorKind.TokenVoid) return own;
            token = null;
        }

        DiscordAnswer answer = await rest.SendAsync(DiscordRoute.Message(method, Ids.Read(message.Channel), id), body, DiscordPlatform.Patience, ct).ConfigureAwait(false);
        bool mayNot = answer.Error?.Kind is DiscordErrorKind.Forbidden or DiscordErrorKind.ChannelGone;
        return mayNot && token is not null ? await ByTokenAsync(method, token, id, body, ct).ConfigureAwait(false) : answer;
    }

    private async Task<DiscordAnswer> ByTokenAsync(HttpMethod method, AnswerToken token, ulong id, DiscordBody? body, CancellationToken ct)
    {
        ulong? named = token.IsOriginal ? null : id;
        if (named is not null)
        {
            // Which message is the first answer depends on how a press was acknowledged.
            DiscordRoute look = DiscordRoute.Answer(HttpMethod.Get, token.Application, token.Token, null);
            DiscordAnswer original = await rest.SendAsync(look, null, DiscordPlatform.Patience, ct).ConfigureAwait(false);
            if (original.Id == id) named = null;
        }

        DiscordRoute route = DiscordRoute.Answer(method, token.Application, token.Token, named);
        return await rest.SendAsync(route, body, DiscordPlatform.Patience, ct).ConfigureAwait(false);
    }

    private AnswerToken? TokenOf(MessageRef message) => AnswerToken.Read(message.Token, message.TokenUntil, time.GetUtcNow());
}
