using Niche.Bots.Outgoing;
using Niche.Bots.Platforms;
using Niche.Bots.Telegram.Calls;
using Telegram.Bot;
using Telegram.Bot.Types.Enums;

namespace Niche.Bots.Telegram.Outgoing;

/// <summary>A growing text as a draft in a private chat: no message yet, shown for 30 s after each update.</summary>
internal sealed class DraftText(TelegramCalls calls, long chat, int? thread, int draft) : ILiveText
{
    private bool _refused;

    /// <inheritdoc/>
    public TimeSpan UpdateEvery => TimeSpan.FromMilliseconds(700);

    /// <inheritdoc/>
    public async Task UpdateAsync(RichText text, CancellationToken ct)
    {
        if (_refused) return;
        string html = HtmlText.Write(HtmlText.Cut(HtmlText.Settle(text.Spans), TelegramPlatform.MaxText));
        try
        {
            await calls.SayAsync(chat, (bot, current, token) => bot.SendMessageDraft(current, draft, html, ParseMode.Html, thread, cancellationToken: token), ct).ConfigureAwait(false);
        }
        catch (PlatformException e) when (e.Fault == PlatformFault.Refused)
        {
            // A server without drafts: the finished text comes all the same.
            _refused = true;
        }
    }
}
