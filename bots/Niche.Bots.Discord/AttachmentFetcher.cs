using System.Buffers;
using Microsoft.Extensions.Options;
using Niche.Bots.Incoming;
using Niche.Bots.Platforms;

namespace Niche.Bots.Discord;

/// <summary>Fetches files of people from Discord's hosts, and from nowhere else: an address comes out of a message that a stranger may have made.</summary>
/// <param name="http">Client that follows no redirects and carries no token.</param>
/// <param name="options">The hosts.</param>
public sealed class AttachmentFetcher(HttpClient http, IOptions<DiscordOptions> options)
{
    /// <summary>Fetches a file of at most <paramref name="maxBytes"/>.</summary>
    public async Task<ReadOnlyMemory<byte>> FetchAsync(Attachment attachment, int maxBytes, CancellationToken ct)
    {
        if (!Uri.TryCreate(attachment.Reference, UriKind.Absolute, out Uri? address) || !IsAllowed(address))
            throw new PlatformException(PlatformFault.Refused, "The file does not lie on Discord's servers.");
        if (attachment.Bytes > maxBytes) throw TooLarge(maxBytes);
        try
        {
            using HttpResponseMessage response = await http.GetAsync(address, HttpCompletionOption.ResponseHeadersRead, ct).ConfigureAwait(false);
            if (!response.IsSuccessStatusCode) throw Failed((int)response.StatusCode);
            if (response.Content.Headers.ContentLength > maxBytes) throw TooLarge(maxBytes);
            await using Stream stream = await response.Content.ReadAsStreamAsync(ct).ConfigureAwait(false);
            return await ReadAsync(stream, maxBytes, ct).ConfigureAwait(false);
        }
        catch (Exception e) when (e is HttpRequestException or IOException || (e is OperationCanceledException && !ct.IsCancellationRequested))
        {
            throw new PlatformException(PlatformFault.Unavailable, "The file could not be fetched.", null, e);
        }
    }

    private static async Task<ReadOnlyMemory<byte>> ReadAsync(Stream stream, int maxBytes, CancellationToken ct)
    {
        ArrayBufferWriter<byte> buffer = new();
        while (true)
        {
            int read = await stream.ReadAsync(buffer.GetMemory(64 * 1024), ct).ConfigureAwait(false);
            if (read == 0) return buffer.WrittenMemory;
            buffer.Advance(read);
            if (buffer.WrittenCount > maxBytes) throw TooLarge(maxBytes);
        }
    }

    // With a port the entry names it too; plain HTTP is for this machine.
    private bool IsAllowed(Uri address) =>
        (address.Scheme == Uri.UriSchemeHttps || address.IsLoopback) && address.UserInfo.Length == 0
        && options.Value.FileHosts.Contains(address.IsDefaultPort ? address.Host : address.Authority, StringComparer.OrdinalIgnoreCase);

    private static PlatformException TooLarge(int maxBytes) => new(PlatformFault.TooLarge, $"The file has more than {maxBytes} bytes.");

    private static PlatformException Failed(int status) => new(
        status is 401 or 403 or 404 or 410 ? PlatformFault.Gone : PlatformFault.Unavailable, $"The file was not given out: status {status}.");
}
