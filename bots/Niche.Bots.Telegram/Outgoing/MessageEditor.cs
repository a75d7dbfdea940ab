using System.Globalization;
using Niche.Bots.Incoming;
using Niche.Bots.Outgoing;
using Niche.Bots.Platforms;
using Niche.Bots.Telegram.Calls;
using Niche.Bots.Telegram.Incoming;
using Telegram.Bot;
using Telegram.Bot.Types;
using Telegram.Bot.Types.Enums;

namespace Niche.Bots.Telegram.Outgoing;

/// <summary>Replaces what a message shows. What Telegram cannot turn into the new view (a text into an album) is sent anew, and the old goes.</summary>
public sealed class MessageEditor(TelegramCalls calls, PictureLoader loader, MessageSender sender, AlbumSender albums)
{
    /// <summary>Shows a view in place of a message.</summary>
    public async Task<MessageRef> EditAsync(MessageRef message, View view, CancellationToken ct)
    {
        (long chat, int id) = Address(message);
        ShownState before = ShownState.Read(message.Token);
        ShownState after = before with { Pictures = ShownState.Digest(view.Pictures) };
        bool samePictures = after.Pictures == before.Pictures, isAlbum = message.Also is { Count: > 0 };
        MessageRef edited = message with { Token = after.ToString() };
        if (samePictures || view.Pictures.Count == 0)
        {
            await EditWordsAsync(chat, id, view, before.Pictures.Length > 0 && before != ShownState.Unknown && !isAlbum, ct).ConfigureAwait(false);
            if (samePictures || !isAlbum) return edited;
            await DeleteAsync(new MessageRef(message.Platform, message.Channel, message.Also![0], [.. message.Also.Skip(1)]), ct).ConfigureAwait(false);
            return edited with { Also = null };
        }

        if (view.Pictures.Count > 1 || isAlbum) return await SendAnewAsync(message, before, view, ct).ConfigureAwait(false);
        LoadedPicture picture = (await loader.LoadAsync(view.Pictures, ct).ConfigureAwait(false))[0];
        string caption = ViewText.Write(view, TelegramPlatform.MaxCaption);
        await UnlessSameAsync(() => calls.WriteAsync(chat, 1, (bot, current, token) => bot.EditMessageMedia(
            current, id, PictureMessage.Media(picture, picture.File(), caption), Keyboard.Of(view), cancellationToken: token), ct, IsProgress(view))).ConfigureAwait(false);
        return edited;
    }

    /// <summary>Deletes a message and what belongs to it.</summary>
    public async Task DeleteAsync(MessageRef message, CancellationToken ct)
    {
        (long chat, int id) = Address(message);
        IReadOnlyList<int> also = message.Also is { } told ? [.. told.Select(Number).Where(one => one > 0)] : await albums.AboveAsync(chat, id, ct).ConfigureAwait(false);
        try
        {
            await calls.DeleteAsync(chat, [id, .. also], ct).ConfigureAwait(false);
        }
        catch (PlatformException e) when (Faults.IsPast(e))
        {
            // Somebody else was quicker.
        }

        if (also.Count > 0) await albums.ForgetAsync(chat, id, ct).ConfigureAwait(false);
    }

    internal static async Task UnlessSameAsync(Func<Task> edit)
    {
        try
        {
            await edit().ConfigureAwait(false);
        }
        catch (PlatformException e) when (Faults.IsUnchanged(e))
        {
            // It shows what it should show.
            return;
        }
    }

    private async Task EditWordsAsync(long chat, int id, View view, bool isPicture, CancellationToken ct)
    {
        try
        {
            await UnlessSameAsync(() => isPicture ? EditCaptionAsync(chat, id, view, ct) : EditTextAsync(chat, id, view, ct)).ConfigureAwait(false);
        }
        catch (PlatformException e) when (Faults.IsPicture(e))
        {
            await UnlessSameAsync(() => EditCaptionAsync(chat, id, view, ct)).ConfigureAwait(false);
        }
    }

    private Task EditTextAsync(long chat, int id, View view, CancellationToken ct)
    {
        string text = ViewText.Write(view, TelegramPlatform.MaxText);
        return calls.WriteAsync(chat, 1, (bot, current, token) => bot.EditMessageText(
            current, id, string.IsNullOrWhiteSpace(text) ? HtmlText.Something : text, ParseMode.Html, Keyboard.Of(view), LinkPreviewOptions.Disabled, cancellationToken: token), ct, IsProgress(view));
    }

    private Task EditCaptionAsync(long chat, int id, View view, CancellationToken ct) => calls.WriteAsync(chat, 1, (bot, current, token) => bot.EditMessageCaption(
        current, id, ViewText.Write(view, TelegramPlatform.MaxCaption), ParseMode.Html, Keyboard.Of(view), cancellationToken: token), ct, IsProgress(view));

    private static bool IsProgress(View view) => view.Tone == Tone.Busy;

    private async Task<MessageRef> SendAnewAsync(MessageRef message, ShownState before, View view, CancellationToken ct)
    {
        MessageRef sent = await sender.SendAsync(new Place
        {
            Platform = message.Platform, Channel = message.Channel, Thread = before.Thread is { } thread ? Places.Text(thread) : null,
            ReplyTo = before.ReplyTo is { } reply ? Places.Text(reply) : null,
        }, view, ct).ConfigureAwait(false);
        await DeleteAsync(message, ct).ConfigureAwait(false);
        return sent;
    }

    private static (long Chat, int Message) Address(MessageRef message) =>
        long.TryParse(message.Channel, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long chat) && Number(message.Message) is > 0 and var id
            ? (chat, id) : throw new PlatformException(PlatformFault.Refused, "The reference names no message of Telegram.");

    private static int Number(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : 0;
}
