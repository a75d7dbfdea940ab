using System.Net;
using System.Net.Http.Headers;

namespace Niche.GpuEndpoint.Repository;

/// <summary>Fetches files by HTTP into <c>.part</c> files; what is there already is not fetched again, over tries and over starts.</summary>
/// <param name="http">Client.</param>
/// <param name="time">Clock.</param>
/// <param name="tries">How often a transfer that breaks off, or does not begin, is taken up.</param>
/// <param name="pause">Pause before the second try; every further one is twice as long.</param>
public sealed class ResumingDownload(HttpClient http, TimeProvider time, int tries = 5, TimeSpan pause = default)
{
    private const int Chunk = 1 << 16;

    // A connection that is dead without saying so would be waited for without end.
    private static readonly TimeSpan Silence = TimeSpan.FromMinutes(1);

    /// <summary>Fetches one file.</summary>
    /// <param name="source">Where it is.</param>
    /// <param name="target">Where it goes.</param>
    /// <param name="limit">Most bytes it may have.</param>
    /// <param name="progress">Told the bytes that are there.</param>
    /// <param name="cancellation">Stops; the part stays.</param>
    /// <exception cref="PullException">Too large, refused, or broken off too often.</exception>
    public async Task FetchAsync(Uri source, string target, long limit, IProgress<DownloadProgress>? progress, CancellationToken cancellation)
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
            catch (Exception e) when (e is IOException or HttpRequestException or OperationCanceledException && !cancellation.IsCancellationRequested)
            {
                if (attempt >= tries) throw GivenUp(source, part, e);
            }
            await Task.Delay(pause * (1 << (attempt - 1)), time, cancellation);
        }
    }

    private static long Offset(HttpResponseMessage response, long have)
    {
        if (response.StatusCode != HttpStatusCode.PartialContent) return 0;
        return response.Content.Headers.ContentRange?.From == have
            ? have
            : throw new PullException("http_status", "The server answered with another part of the file than the one asked for.");
    }

    private async Task ContinueAsync(Uri source, string part, long limit, IProgress<DownloadProgress>? progress, CancellationToken cancellation)
    {
        await using var file = new FileStream(part, FileMode.OpenOrCreate, FileAccess.Write, FileShare.None);
        using var request = new HttpRequestMessage(HttpMethod.Get, source);
        if (file.Length > 0) request.Headers.Range = new RangeHeaderValue(file.Length, null);
        using var silent = new CancellationTokenSource(Silence, time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(silent.Token, cancellation);
        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, stop.Token);

        // Nothing is left after the part: it is whole already, and its hash will tell.
        if (response.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable && file.Length > 0) return;
        if (!response.IsSuccessStatusCode) throw new PullException("http_status", $"{source} answered {(int)response.StatusCode}.");
        var have = Offset(response, file.Length);
        if (have + (response.Content.Headers.ContentLength ?? 0) > limit) throw TooLarge(source, limit);
        file.SetLength(have);
        file.Seek(have, SeekOrigin.Begin);
        var total = have + response.Content.Headers.ContentLength;
        progress?.Report(new DownloadProgress(have, total));
        await using var body = await response.Content.ReadAsStreamAsync(stop.Token);
        var buffer = new byte[Chunk];
        for (int read; (read = await body.ReadAsync(buffer, stop.Token)) > 0;)
        {
            silent.CancelAfter(Silence);
            if ((have += read) > limit) throw TooLarge(source, limit);
            await file.WriteAsync(buffer.AsMemory(0, read), cancellation);
            progress?.Report(new DownloadProgress(have, total));
        }
    }

    private PullException GivenUp(Uri source, string part, Exception cause)
    {
        var have = File.Exists(part) ? new FileInfo(part).Length : 0;
        var why = cause is OperationCanceledException ? "nothing came for a minute" : cause.Message.TrimEnd('.');
        return new PullException("broken_off", have > 0
            ? $"{source} broke off {tries} times, {ByteCount.Text(have)} are here ({why}); run pull again to go on from there."
            : $"{source} could not be fetched in {tries} tries ({why}); run pull again.", cause);
    }

    private static PullException TooLarge(Uri source, long limit) => new("too_large", $"{source} has more than {limit} bytes.");
}
