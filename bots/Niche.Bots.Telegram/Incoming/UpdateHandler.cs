using Niche.Bots.Incoming;
using Niche.Bots.Platforms;
using Niche.Bots.Telegram.Calls;
using Telegram.Bot.Types;

namespace Niche.Bots.Telegram.Incoming;

/// <summary>What happens with an update, whichever way it came: translated, taken in by the desk, acknowledged.</summary>
public sealed class UpdateHandler(UpdateTranslator translator, Acknowledger acknowledger, BotIdentity identity, ChatMoves moves, IBotDesk desk)
{
    /// <summary>Handles an update; safe to be called again with the same one.</summary>
    /// <exception cref="Exception">Storage or Telegram is away: the update must come again.</exception>
    public async Task HandleAsync(Update update, CancellationToken ct)
    {
        if (update.Message is { MigrateToChatId: { } moved, Chat: { } chat }) await moves.RememberAsync(chat.Id, moved, ct).ConfigureAwait(false);
        User me = await identity.GetAsync(ct).ConfigureAwait(false);
        if (await translator.TranslateAsync(update, me, ct).ConfigureAwait(false) is not { } happened)
        {
            await acknowledger.DismissAsync(update, ct).ConfigureAwait(false);
            return;
        }

        if (happened is InlineEvent && !acknowledger.CanPaintInline)
        {
            await acknowledger.InviteAsync(update, me, ct).ConfigureAwait(false);
            return;
        }

        await acknowledger.GiveAsync(update, await desk.ReceiveAsync(happened, ct).ConfigureAwait(false), ct).ConfigureAwait(false);
    }
}
