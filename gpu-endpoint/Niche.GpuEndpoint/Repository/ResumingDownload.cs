using System.Net;
using System.Net.Http.Headers;

namespace Niche.GpuEndpoint.Repository;

/// <summary>Fetches files by HTTP into <c>.part</c> files; what is there already is not fetched again, over tries and over starts.</summary>
/// <param name="http">Client.</param>
/// <param name="tries">How often a transfer that breaks off is taken up.</param>
public sealed class ResumingDownload(HttpClient http, int tries = 5)
{
    private const int Chunk = 1 << 16;

    /// <summary>Fetches one file.</summary>
    /// <param name="source">Where it is.</param>
    /// <param name="target">Where it goes.</param>
    /// <param name="limit">Most bytes it may have.</param>
    /// <param name="progress">Told the bytes that are there.</param>
    /// <param name="cancellation">Stops; the part stays.</param>
    /// <exception cref="PullException">Too large, refused, or broken off too often.</exception>
    public async Task FetchAsync(Uri source, string target, long limit, IProgress<long>? progress, CancellationToken cancellation)
    {
        var part = target + ".part";
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await ContinueAsync(source, part, limit, progress, cancellation);
                File.Move(part, target, overwrite: true);
                return;
            }
            catch (Exception e) when (e is IOException or HttpRequestException && !cancellation.IsCancellationRequested)
            {
                if (attempt >= tries) throw new PullException("broken_off", $"{source} broke off {tries} times; run pull again to go on from there.", e);
            }
        }
    }

    private static long Offset(HttpResponseMessage response, long have)
    {
        if (response.StatusCode != HttpStatusCode.PartialContent) return 0;
        return response.Content.Headers.ContentRange?.From == have
            ? have
            : throw new PullException("http_status", "The server answered with another part of the file than the one asked for.");
    }

    private async Task ContinueAsync(Uri source, string part, long limit, IProgress<long>? progress, CancellationToken cancellation)
    {
        await using var file = new FileStream(part, FileMode.OpenOrCreate, FileAccess.Write, FileShare.None);
        using var request = new HttpRequestMessage(HttpMethod.Get, source);
        if (file.Length > 0) request.Headers.Range = new RangeHeaderValue(file.Length, null);
        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);

        // Nothing is left after the part: it is whole already, and its hash will tell.
        if (response.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable && file.Length > 0) return;
        if (!response.IsSuccessStatusCode) throw new PullException("http_status", $"{source} answered {(int)response.StatusCode}.");
        var have = Offset(response, file.Length);
        if (have + (response.Content.Headers.ContentLength ?? 0) > limit) throw TooLarge(source, limit);
        file.SetLength(have);
        file.Seek(have, SeekOrigin.Begin);
        await using var body = await response.Content.ReadAsStreamAsync(cancellation);
        var buffer = new byte[Chunk];
        for (int read; (read = await body.ReadAsync(buffer, cancellation)) > 0;)
        {
            if ((have += read) > limit) throw TooLarge(source, limit);
            await file.WriteAsync(buffer.AsMemory(0, read), cancellation);
            progress?.Report(have);
        }
    }

    private static PullException TooLarge(Uri source, long limit) => new("too_large", $"{source} has more than {limit} bytes.");
}
