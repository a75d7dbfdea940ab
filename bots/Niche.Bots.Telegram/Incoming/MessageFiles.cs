using Niche.Bots.Incoming;
using Telegram.Bot.Types;

namespace Niche.Bots.Telegram.Incoming;

/// <summary>Pictures and files of a message, by reference.</summary>
internal static class MessageFiles
{
    private const int MaxName = 100;

    /// <summary>The files; Telegram has at most one a message.</summary>
    public static IReadOnlyList<Attachment> Of(Message message)
    {
        PhotoSize? largest = message.Photo?.Where(size => size?.FileId is { Length: > 0 }).OrderBy(size => (long)size.Width * size.Height).LastOrDefault();
        if (largest is { } photo)
            return [new Attachment(photo.FileId, "photo.jpg", "image/jpeg", photo.FileSize, null, true)];
        if (message.Document is { FileId.Length: > 0 } file)
            return [new Attachment(file.FileId, Short(file.FileName ?? "file"), file.MimeType is { } type ? Short(type) : null, file.FileSize)];
        return [];
    }

    private static string Short(string text) => text.Length <= MaxName ? text : text[..MaxName];
}
