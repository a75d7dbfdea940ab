using Telegram.Bot;
using Telegram.Bot.Types;
using Telegram.Bot.Types.Enums;
using Telegram.Bot.Types.ReplyMarkups;

namespace Niche.Bots.Telegram.Outgoing;

/// <summary>A message with one picture.</summary>
internal static class PictureMessage
{
    /// <summary>Sends it.</summary>
    public static Task<Message> SendAsync(
        ITelegramBotClient bot, long chat, ShownState state, LoadedPicture picture, string caption, ReplyMarkup? markup, CancellationToken ct) => picture.AsPhoto
        ? bot.SendPhoto(chat, picture.File(), caption, ParseMode.Html, Reply(state.ReplyTo), markup, state.Thread, hasSpoiler: picture.Picture.Spoiler, cancellationToken: ct)
        // Apps show what is in a file: a covered picture goes as a file of no kind.
        : bot.SendDocument(chat, picture.File(), caption, ParseMode.Html, Reply(state.ReplyTo), markup, null, state.Thread,
            disableContentTypeDetection: picture.Picture.Spoiler, cancellationToken: ct);

    /// <summary>The content of an edit.</summary>
    public static InputMedia Media(LoadedPicture picture, InputFile file, string caption) => picture.AsPhoto
        ? new InputMediaPhoto(file) { Caption = caption, ParseMode = ParseMode.Html, HasSpoiler = picture.Picture.Spoiler }
        : new InputMediaDocument(file) { Caption = caption, ParseMode = ParseMode.Html, DisableContentTypeDetection = picture.Picture.Spoiler };

    /// <summary>Ties a message to another, if that one still exists.</summary>
    public static ReplyParameters? Reply(int? message) => message is { } id ? new ReplyParameters { MessageId = id, AllowSendingWithoutReply = true } : null;
}
