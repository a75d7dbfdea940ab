using System.Net;
using System.Net.Sockets;
using Niche.Inference.Images;

namespace Niche.GpuEndpoint.ImageUrls;

/// <summary>
/// Fetches pictures from https addresses that strangers name, without becoming their way into the network around this machine: a name is resolved
/// once, its addresses are judged, and the connection goes to exactly those. Each redirect goes through the same again.
/// </summary>
internal sealed class PictureFetcher : IDisposable
{
    private const int LongestUrl = 2048;
    private const int Chunk = 1 << 16;
    private const int Connections = 8;
    private static readonly string[] Types = ["image/png", "image/jpeg", "image/webp"];
    private readonly PictureUrlRules _rules;
    private readonly TimeProvider _time;
    private readonly HttpMessageInvoker _http;
    private readonly SemaphoreSlim _turns = new(Connections);

    public PictureFetcher(PictureUrlRules rules, TimeProvider time)
    {
        (_rules, _time) = (rules, time);
        _http = new HttpMessageInvoker(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseProxy = false,
            UseCookies = false,
            Credentials = null,
            AutomaticDecompression = DecompressionMethods.None,
            MaxResponseHeadersLength = 16,
            ConnectCallback = ConnectAsync,

            // A connection kept is an address that was judged long ago.
            PooledConnectionLifetime = TimeSpan.Zero,
            SslOptions = rules.Tls,
        });
    }

    /// <summary>Fetches one file.</summary>
    /// <param name="address">What the request names.</param>
    /// <param name="cancellation">The client went away.</param>
    /// <exception cref="ImageException">Not such an address, or what is there is no picture, too large or too slow.</exception>
    public async Task<byte[]> FetchAsync(string address, CancellationToken cancellation)
    {
        using var late = new CancellationTokenSource(_rules.Timeout, _time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellation);
        try
        {
            await _turns.WaitAsync(stop.Token);
            try
            {
                return await FollowAsync(Check(address, null), stop.Token);
            }
            finally
            {
                _turns.Release();
            }
        }
        catch (HttpRequestException e) when (e.InnerException is ImageException refused)
        {
            throw refused;
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            throw Failed("could not be fetched: the server can not be reached, or does not speak https as it should");
        }
        catch (OperationCanceledException) when (late.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            throw Failed($"took longer than {_rules.Timeout.TotalSeconds:0.#} seconds");
        }
    }

    public void Dispose()
    {
        _http.Dispose();
        _turns.Dispose();
    }

    private async Task<byte[]> FollowAsync(Uri address, CancellationToken cancellation)
    {
        for (var redirects = 0; ; redirects++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, address);
            request.Headers.TryAddWithoutValidation("Accept", string.Join(", ", Types));
            using var response = await _http.SendAsync(request, cancellation);
            if ((int)response.StatusCode is 301 or 302 or 303 or 307 or 308 && response.Headers.Location is { } next)
            {
                if (redirects >= _rules.MaxRedirects) throw Failed($"leads on more than {_rules.MaxRedirects} times");
                address = Check(next.OriginalString, address);
                continue;
            }
            if (response.StatusCode != HttpStatusCode.OK) throw Failed($"answered {(int)response.StatusCode}");
            return await ReadAsync(response.Content, cancellation);
        }
    }

    private Uri Check(string text, Uri? from)
    {
        Uri? address = null;
        var read = text.Length <= LongestUrl && (from is null ? Uri.TryCreate(text, UriKind.Absolute, out address) : Uri.TryCreate(from, text, out address));
        if (!read || address is null) throw Refused("is no whole address of at most 2,048 characters");
        if (address.Scheme != Uri.UriSchemeHttps) throw Refused("must begin with https://");
        if (address.UserInfo.Length > 0) throw Refused("must carry no name and no password");
        return address.Port == _rules.Port ? address : throw Refused($"must use port {_rules.Port}");
    }

    private async Task<byte[]> ReadAsync(HttpContent content, CancellationToken cancellation)
    {
        var type = content.Headers.ContentType?.MediaType;
        if (!Types.Contains(type, StringComparer.OrdinalIgnoreCase)) throw new ImageException("image_format", $"The address of the picture gives no {string.Join(", ", Types)}.");
        if (content.Headers.ContentEncoding.Count > 0) throw Failed("is compressed, which was not asked for");
        if (content.Headers.ContentLength > _rules.MaxBytes) throw TooLarge();
        await using var body = await content.ReadAsStreamAsync(cancellation);
        using var file = new MemoryStream();
        var buffer = new byte[Chunk];
        for (int read; (read = await body.ReadAsync(buffer, cancellation)) > 0;)
        {
            if (file.Length + read > _rules.MaxBytes) throw TooLarge();
            file.Write(buffer, 0, read);
        }
        return file.ToArray();
    }

    // Not one of several: a name that also leads inside is no name of the outside.
    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellation)
    {
        IPAddress[] addresses;
        try
        {
            addresses = await _rules.Resolve(context.DnsEndPoint.Host, cancellation);
        }
        catch (SocketException)
        {
            throw Failed("has a name that nobody knows");
        }
        if (addresses.Length == 0 || !addresses.All(_rules.Reachable)) throw Refused("leads to no public address");
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, context.DnsEndPoint.Port, cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static ImageException Refused(string why) => new("image_url_refused", $"The address of the picture {why}.");

    private static ImageException Failed(string why) => new("image_url_failed", $"The address of the picture {why}.");

    private ImageException TooLarge() => new("image_too_large", $"The address of the picture gives more than {_rules.MaxBytes} bytes.");
}
