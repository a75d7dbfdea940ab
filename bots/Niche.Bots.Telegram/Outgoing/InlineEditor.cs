using Microsoft.Extensions.Options;
using Niche.Bots.Outgoing;
using Niche.Bots.Platforms;
using Niche.Bots.Telegram.Calls;
using Telegram.Bot;
using Telegram.Bot.Types;
using Telegram.Bot.Types.Enums;
using RichText = Niche.Bots.Outgoing.RichText;

namespace Niche.Bots.Telegram.Outgoing;

/// <summary>
/// Changes messages that inline answers became. They take no uploads, only files that Telegram has: a picture goes to the operator's upload chat first and
/// is deleted there at once, and there is one of it, since such a message never becomes an album.
/// </summary>
public sealed class InlineEditor(TelegramCalls calls, PictureLoader loader, IOptions<TelegramOptions> options)
{
    // Nobody knows the chat: all inline messages share one pace.
    private const long Somewhere = 0;

    /// <summary>Shows a view in place of an inline message.</summary>
    public async Task<MessageRef> EditAsync(MessageRef message, View view, CancellationToken ct)
    {
        // A picture on the way is not worth two messages in the upload chat.
        if (view.Pictures.Count == 0 || view.Tone == Tone.Busy || options.Value.UploadChat is not { } chat)
        {
            await MessageEditor.UnlessSameAsync(() => EditTextAsync(message.Message, view, ct)).ConfigureAwait(false);
            return message;
        }

        LoadedPicture picture = (await loader.LoadAsync([view.Pictures[0] with { AsFile = false }], ct).ConfigureAwait(false))[0];
        Message upload = await calls.WriteAsync(chat, 1, (bot, current, token) =>
            PictureMessage.SendAsync(bot, current, new ShownState(null, null, ""), picture, "", null, token), ct).ConfigureAwait(false);
        string file = upload.Photo is { Length: > 0 } sizes ? sizes[^1].FileId : upload.Document!.FileId;
        string caption = ViewText.Write(view, TelegramPlatform.MaxCaption);
        await MessageEditor.UnlessSameAsync(() => calls.WriteAsync(Somewhere, 1, async (bot, _, token) =>
        {
            await bot.EditMessageMedia(message.Message, PictureMessage.Media(picture, InputFile.FromFileId(file), caption), Keyboard.Of(view), cancellationToken: token).ConfigureAwait(false);
            return true;
        }, ct)).ConfigureAwait(false);
        await calls.DeleteAsync(chat, [upload.Id], ct).ConfigureAwait(false);
        return message;
    }

    /// <summary>An inline message cannot be deleted: it is emptied.</summary>
    public Task DeleteAsync(MessageRef message, CancellationToken ct) => EditTextAsync(message.Message, new View { Body = RichText.Plain(HtmlText.Something) }, ct);

    private async Task EditTextAsync(string id, View view, CancellationToken ct)
    {
        string text = ViewText.Write(view, TelegramPlatform.MaxCaption);
        string shown = string.IsNullOrWhiteSpace(text) ? HtmlText.Something : text;
        try
        {
            await calls.WriteAsync(Somewhere, 1, async (bot, _, token) =>
            {
                await bot.EditMessageText(id, shown, ParseMode.Html, Keyboard.Of(view), LinkPreviewOptions.Disabled, cancellationToken: token).ConfigureAwait(false);
                return true;
            }, ct).ConfigureAwait(false);
        }
        catch (PlatformException e) when (Faults.IsPicture(e))
        {
            await calls.WriteAsync(Somewhere, 1, async (bot, _, token) =>
            {
                await bot.EditMessageCaption(id, shown, ParseMode.Html, Keyboard.Of(view), cancellationToken: token).ConfigureAwait(false);
                return true;
            }, ct).ConfigureAwait(false);
        }
    }
}
