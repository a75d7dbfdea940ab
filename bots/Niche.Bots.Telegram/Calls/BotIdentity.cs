using Telegram.Bot;
using Telegram.Bot.Types;

namespace Niche.Bots.Telegram.Calls;

/// <summary>Who the bot is: asked once, since a name changes only by the operator's hand.</summary>
public sealed class BotIdentity(TelegramCalls calls)
{
    private volatile User? _me;

    /// <summary>The bot's user.</summary>
    public async Task<User> GetAsync(CancellationToken ct) => _me ??= await calls.AskAsync((bot, token) => bot.GetMe(token), ct).ConfigureAwait(false);
}
