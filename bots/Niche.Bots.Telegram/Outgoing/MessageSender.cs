using System.Globalization;
using Niche.Bots.Incoming;
using Niche.Bots.Outgoing;
using Niche.Bots.Platforms;
using Niche.Bots.Telegram.Calls;
using Niche.Bots.Telegram.Incoming;
using Telegram.Bot;
using Telegram.Bot.Types;
using Telegram.Bot.Types.Enums;
using Telegram.Bot.Types.ReplyMarkups;

namespace Niche.Bots.Telegram.Outgoing;

/// <summary>Sends views: as text, as one picture with its caption, or as an album followed by the message that has the words and the buttons.</summary>
public sealed class MessageSender(TelegramCalls calls, PictureLoader loader, AlbumSender albums)
{
    /// <summary>Sends a view.</summary>
    public async Task<MessageRef> SendAsync(Place place, View view, CancellationToken ct)
    {
        long chat = ChatOf(place);
        ShownState state = ShownState.Of(place, view);
        IReadOnlyList<LoadedPicture> pictures = await loader.LoadAsync(view.Pictures, ct).ConfigureAwait(false);
        return pictures.Count >= 2
            ? await SendAlbumAsync(chat, state, view, pictures, ct).ConfigureAwait(false)
            : Ref(chat, state, await SendOneAsync(chat, state, view, pictures, ct).ConfigureAwait(false), null);
    }

    internal static MessageRef Ref(long chat, ShownState state, int message, IReadOnlyList<int>? also) => Places.Ref(chat, message) with
    {
        Also = also is { Count: > 0 } ? [.. also.Select(id => Places.Text(id))] : null, Token = state.ToString(),
    };

    private async Task<int> SendOneAsync(long chat, ShownState state, View view, IReadOnlyList<LoadedPicture> pictures, CancellationToken ct)
    {
        ReplyMarkup? markup = Keyboard.Markup(view);
        Message sent = await calls.WriteAsync(chat, 1, (bot, current, token) => pictures is [var picture]
            ? PictureMessage.SendAsync(bot, current, state, picture, ViewText.Write(view, TelegramPlatform.MaxCaption), markup, token)
            : SendTextAsync(bot, current, state, view, markup, token), ct).ConfigureAwait(false);
        return sent.Id;
    }

    private async Task<MessageRef> SendAlbumAsync(long chat, ShownState state, View view, IReadOnlyList<LoadedPicture> pictures, CancellationToken ct)
    {
        IReadOnlyList<int> album = await albums.SendAsync(chat, state, pictures, ct).ConfigureAwait(false);
        ReplyMarkup? markup = Keyboard.Markup(view);
        if (markup is null && ViewText.Write(view, TelegramPlatform.MaxText).Length == 0) return Ref(chat, state, album[0], [.. album.Skip(1)]);
        Message keyboard = await calls.WriteAsync(
            chat, 1, (bot, current, token) => SendTextAsync(bot, current, state with { ReplyTo = album[0] }, view, markup, token), ct).ConfigureAwait(false);
        await albums.EndAsync(chat, state, album, keyboard.Id, ct).ConfigureAwait(false);
        return Ref(chat, state, keyboard.Id, album);
    }

    private static Task<Message> SendTextAsync(ITelegramBotClient bot, long chat, ShownState state, View view, ReplyMarkup? markup, CancellationToken ct)
    {
        string text = ViewText.Write(view, TelegramPlatform.MaxText);
        return bot.SendMessage(
            chat, string.IsNullOrWhiteSpace(text) ? HtmlText.Something : text, ParseMode.Html, PictureMessage.Reply(state.ReplyTo), markup, LinkPreviewOptions.Disabled, state.Thread,
            cancellationToken: ct);
    }

    // What answers an inline message goes to the private chat of whoever pressed.
    private static long ChatOf(Place place)
    {
        string id = place.Channel.Length > 0 ? place.Channel : place.Token ?? "";
        return long.TryParse(id, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long chat) ? chat
            : throw new PlatformException(PlatformFault.Refused, "The place has no chat.");
    }
}
