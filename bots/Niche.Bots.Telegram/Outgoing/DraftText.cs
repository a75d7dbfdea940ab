using Niche.Bots.Outgoing;
using Niche.Bots.Platforms;
using Niche.Bots.Telegram.Calls;
using Telegram.Bot;
using Telegram.Bot.Types.Enums;

namespace Niche.Bots.Telegram.Outgoing;

/// <summary>A growing text as a draft in a private chat: no message yet, shown for 30 s after each update.</summary>
internal sealed class DraftText(TelegramCalls calls, long chat, int? thread, int draft) : ILiveText
{
    /// <inheritdoc/>
    public TimeSpan UpdateEvery => TimeSpan.FromMilliseconds(700);

    /// <inheritdoc/>
    public Task UpdateAsync(RichText text, CancellationToken ct)
    {
        string html = HtmlText.Write(HtmlText.Cut(HtmlText.Settle(text.Spans), TelegramPlatform.MaxText));
        return calls.AskAsync((bot, token) => bot.SendMessageDraft(chat, draft, html, ParseMode.Html, thread, cancellationToken: token), ct);
    }
}
