using System.Security.Cryptography;
using System.Text;
using Niche.Bots.Telegram.Calls;
using Niche.Bots.Telegram.Incoming;
using Niche.Storage;
using Telegram.Bot;
using Telegram.Bot.Types;

namespace Niche.Bots.Telegram.Outgoing;

/// <summary>
/// Sends albums once: an album has no buttons, these come with a second message, and when that one has to be tried again the album must not be.
/// </summary>
public sealed class AlbumSender(TelegramCalls calls, ITableStore tables, TimeProvider time)
{
    private const string Table = "telegramalbums", Row = "album";
    private static readonly TimeSpan Forgotten = TimeSpan.FromMinutes(30);
    private readonly JsonTable<AlbumMark> _marks = new(tables, Table);

    internal async Task<IReadOnlyList<int>> SendAsync(long chat, ShownState state, IReadOnlyList<LoadedPicture> pictures, CancellationToken ct)
    {
        string key = KeyOf(chat, state);
        if (await _marks.GetAsync(key, Row, ct).ConfigureAwait(false) is { } sent && sent.At > time.GetUtcNow() - Forgotten) return sent.Messages;
        // An album is of one kind.
        bool photos = pictures.All(picture => picture.AsPhoto);
        Message[] album = await calls.WriteAsync(chat, pictures.Count, (bot, current, token) => bot.SendMediaGroup(
            current, pictures.Select(picture => Item(picture, photos)), PictureMessage.Reply(state.ReplyTo), state.Thread, cancellationToken: token), ct).ConfigureAwait(false);
        int[] messages = [.. album.Select(message => message.Id)];
        // The album stands there: whatever stops us now, it must be known.
        await _marks.UpsertAsync(key, Row, new AlbumMark(messages, time.GetUtcNow()), CancellationToken.None).ConfigureAwait(false);
        return messages;
    }

    internal async Task EndAsync(long chat, ShownState state, IReadOnlyList<int> album, int keyboard, CancellationToken ct)
    {
        // A press on the keyboard does not tell what stands above it.
        await _marks.UpsertAsync(KeyOf(chat), Places.Text(keyboard), new AlbumMark(album, time.GetUtcNow()), ct).ConfigureAwait(false);
        await _marks.DeleteAsync(KeyOf(chat, state), Row, ct).ConfigureAwait(false);
    }

    /// <summary>The album above a keyboard; empty when there is none.</summary>
    internal async Task<IReadOnlyList<int>> AboveAsync(long chat, int keyboard, CancellationToken ct) =>
        (await _marks.GetAsync(KeyOf(chat), Places.Text(keyboard), ct).ConfigureAwait(false))?.Messages ?? [];

    /// <summary>Forgets a keyboard that is gone.</summary>
    internal Task ForgetAsync(long chat, int keyboard, CancellationToken ct) => _marks.DeleteAsync(KeyOf(chat), Places.Text(keyboard), ct);

    private static IAlbumInputMedia Item(LoadedPicture picture, bool photo) => photo
        ? new InputMediaPhoto(picture.File()) { HasSpoiler = picture.Picture.Spoiler }
        : new InputMediaDocument(picture.File()) { DisableContentTypeDetection = picture.Picture.Spoiler };

    private static string KeyOf(long chat) => "chat" + Places.Text(chat);

    private static string KeyOf(long chat, ShownState state) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{chat}/{state}")))[..40];
}
