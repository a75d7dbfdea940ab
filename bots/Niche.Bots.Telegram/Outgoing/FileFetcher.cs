using Niche.Bots.Incoming;
using Niche.Bots.Platforms;
using Niche.Bots.Telegram.Calls;
using Telegram.Bot;
using Telegram.Bot.Types;

namespace Niche.Bots.Telegram.Outgoing;

/// <summary>Fetches files of people, no further than allowed, whatever was claimed about them.</summary>
public sealed class FileFetcher(TelegramCalls calls)
{
    private const int Telegrams = 20_000_000;

    /// <summary>Fetches a file.</summary>
    public async Task<ReadOnlyMemory<byte>> FetchAsync(Attachment attachment, int maxBytes, CancellationToken ct)
    {
        int most = Math.Min(maxBytes, Telegrams);
        if (attachment.Bytes > most) throw TooLarge();
        TGFile file = await calls.AskAsync((bot, token) => bot.GetFile(attachment.Reference, token), ct).ConfigureAwait(false);
        if (file.FileSize > most) throw TooLarge();
        if (file.FilePath is not { Length: > 0 } path) throw new PlatformException(PlatformFault.Gone, "Telegram has the file no more.");
        using BoundedStream content = new(most);
        try
        {
            await calls.AskAsync((bot, token) => bot.DownloadFile(path, content, token), ct).ConfigureAwait(false);
        }
        catch (PlatformException) when (content.IsOver)
        {
            throw TooLarge();
        }

        return content.ToArray();
    }

    private static PlatformException TooLarge() => new(PlatformFault.TooLarge, "The file is larger than allowed.");
}
