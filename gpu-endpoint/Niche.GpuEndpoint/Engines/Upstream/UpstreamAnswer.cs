using System.Text.Json;

namespace Niche.GpuEndpoint.Engines.Upstream;

/// <summary>One answer of a server, while it is read. A server that says nothing for too long is given up.</summary>
internal sealed class UpstreamAnswer : IAsyncDisposable
{
    private readonly CancellationTokenSource _silent;
    private readonly CancellationTokenSource _either;
    private readonly CancellationToken _cancellation;
    private readonly TimeSpan _silence;
    private HttpResponseMessage? _response;

    /// <summary>Prepares to read.</summary>
    /// <param name="silence">Longest time between two words of the server.</param>
    /// <param name="time">Clock.</param>
    /// <param name="cancellation">Our own client left.</param>
    public UpstreamAnswer(TimeSpan silence, TimeProvider time, CancellationToken cancellation)
    {
        (_silence, _cancellation) = (silence, cancellation);
        _silent = new CancellationTokenSource(silence, time);
        _either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, _silent.Token);
    }

    public HttpResponseMessage Response => _response!;

    public Task OpenAsync(HttpClient http, HttpRequestMessage request) =>
        Guarded(async () => _response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, _either.Token));

    /// <summary>The whole body.</summary>
    public Task<ReadOnlyMemory<byte>> ReadAsync(int most) => Guarded(async () =>
    {
        await using var body = await Response.Content.ReadAsStreamAsync(_either.Token);
        using var whole = new MemoryStream();
        var buffer = new byte[16384];
        while (await body.ReadAsync(buffer, _either.Token) is > 0 and var read)
        {
            Heard();
            if (whole.Length + read > most) throw UpstreamException.Invalid($"more than {most} bytes");
            whole.Write(buffer, 0, read);
        }
        return (ReadOnlyMemory<byte>)whole.ToArray();
    });

    /// <summary>The JSON of each event up to the end mark.</summary>
    /// <exception cref="UpstreamException">The stream breaks off, is too large, or is no stream of events.</exception>
    public async IAsyncEnumerable<JsonElement> EventsAsync()
    {
        if (Response.Content.Headers.ContentType?.MediaType != "text/event-stream") throw UpstreamException.Invalid("no stream of events");
        await using var body = await Guarded(() => Response.Content.ReadAsStreamAsync(_either.Token));
        await using var events = UpstreamEvents.ReadAsync(body, Heard, _either.Token).GetAsyncEnumerator(_either.Token);
        while (await Guarded(() => events.MoveNextAsync().AsTask()))
        {
            if (events.Current == "[DONE]") yield break;
            yield return UpstreamJson.Parse(System.Text.Encoding.UTF8.GetBytes(events.Current));
        }
        // Without its end mark a text is not known to be whole.
        throw UpstreamException.Invalid("it broke off");
    }

    public ValueTask DisposeAsync()
    {
        _response?.Dispose();
        _either.Dispose();
        _silent.Dispose();
        return ValueTask.CompletedTask;
    }

    private void Heard() => _silent.CancelAfter(_silence);

    private async Task<T> Guarded<T>(Func<Task<T>> work)
    {
        try
        {
            return await work();
        }
        catch (OperationCanceledException e) when (!_cancellation.IsCancellationRequested)
        {
            throw new UpstreamException("upstream_timeout", 504, $"The model's server said nothing for {_silence.TotalSeconds:0.#} seconds.", e);
        }
        catch (HttpRequestException e)
        {
            throw _response is null && e.HttpRequestError is not (HttpRequestError.InvalidResponse or HttpRequestError.ResponseEnded or HttpRequestError.ConfigurationLimitExceeded)
                ? UpstreamException.Away(e.HttpRequestError == HttpRequestError.NameResolutionError ? "its name is not known" : "it cannot be reached", e)
                : UpstreamException.Invalid("it broke off or is no HTTP", e);
        }
        catch (IOException e)
        {
            throw UpstreamException.Invalid("it broke off", e);
        }
    }
}
