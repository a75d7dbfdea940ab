using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Niche.Bots.Platforms;
using Niche.Bots.Telegram.Calls;
using Niche.Bots.Telegram.Outgoing;
using Telegram.Bot;
using Telegram.Bot.Types;
using Telegram.Bot.Types.Enums;
using Telegram.Bot.Types.InlineQueryResults;

namespace Niche.Bots.Telegram.Incoming;

/// <summary>
/// Tells Telegram at once that something was received: a pressed button stops turning, an inline query gets its list. Nothing depends on it: the work
/// is safe in storage by then, so a failure is a log line.
/// </summary>
public sealed partial class Acknowledger(TelegramCalls calls, IOptions<TelegramOptions> options, ILogger<Acknowledger> log)
{
    private const int CacheSeconds = 5, MaxText = 4096, MaxAnswers = 10;

    /// <summary>Inline mode has a place to upload pictures to.</summary>
    public bool CanPaintInline => options.Value.UploadChat is not null;

    /// <summary>Acknowledges what the desk took in.</summary>
    public Task GiveAsync(Update update, Acknowledgement acknowledgement, CancellationToken ct) => (update, acknowledgement) switch
    {
        ({ CallbackQuery.Id: { } press }, _) => TryAsync((bot, token) => bot.AnswerCallbackQuery(press, cancellationToken: token), ct),
        ({ InlineQuery.Id: { } query }, Acknowledgement.Inline inline) => TryAsync(
            (bot, token) => bot.AnswerInlineQuery(query, inline.Answers.Take(MaxAnswers).Select(Article), CacheSeconds, true, cancellationToken: token), ct),
        ({ InlineQuery.Id: { } query }, _) => TryAsync((bot, token) => bot.AnswerInlineQuery(query, [], CacheSeconds, true, cancellationToken: token), ct),
        _ => Task.CompletedTask,
    };

    /// <summary>Ends what nobody will answer.</summary>
    public Task DismissAsync(Update update, CancellationToken ct) => GiveAsync(update, new Acknowledgement.Nothing(), ct);

    /// <summary>Offers the private chat instead of inline answers. The name says it in every language.</summary>
    public Task InviteAsync(Update update, User me, CancellationToken ct) => TryAsync(
        (bot, token) => bot.AnswerInlineQuery(
            update.InlineQuery!.Id, [], CacheSeconds, true, button: new InlineQueryResultsButton("@" + me.Username) { StartParameter = "inline" }, cancellationToken: token),
        ct);

    private static InlineQueryResultArticle Article(InlineAnswer answer)
    {
        string text = ViewText.Write(answer.Message, MaxText);
        InputTextMessageContent content = new(text.Length == 0 ? HtmlText.Something : text) { ParseMode = ParseMode.Html, LinkPreviewOptions = LinkPreviewOptions.Disabled };
        return new InlineQueryResultArticle(answer.Id, answer.Title, content) { Description = answer.Description, ReplyMarkup = Keyboard.Of(answer.Message) };
    }

    private async Task TryAsync(Func<ITelegramBotClient, CancellationToken, Task> call, CancellationToken ct)
    {
        try
        {
            await calls.AskAsync(call, ct).ConfigureAwait(false);
        }
        catch (PlatformException e)
        {
            NotTold(e.Fault);
        }
    }

    [LoggerMessage(LogLevel.Debug, "Telegram did not take an acknowledgement: {Fault}")]
    private partial void NotTold(PlatformFault fault);
}
