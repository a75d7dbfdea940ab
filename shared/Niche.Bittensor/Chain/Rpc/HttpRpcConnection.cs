using System.Buffers;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Niche.Bittensor.Chain.Rpc;

/// <summary>JSON-RPC by one POST per call. Does not own the HTTP client; give it one over <see cref="CreateHandler"/>, without a timeout of its own.</summary>
public sealed class HttpRpcConnection(RpcEndpoint endpoint, HttpClient http, RpcOptions options, TimeProvider time) : IRpcConnection
{
    private static readonly MediaTypeHeaderValue Json = new("application/json");
    private readonly RpcOptions _options = options.Checked();
    private long _lastId;

    /// <inheritdoc/>
    public RpcEndpoint Endpoint => endpoint;

    /// <summary>A message handler fit for calling nodes: no redirects, no cookies, no decompression.</summary>
    public static SocketsHttpHandler CreateHandler() => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        AutomaticDecompression = DecompressionMethods.None,
        MaxResponseHeadersLength = 64,
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
    };

    /// <inheritdoc/>
    public async Task<JsonElement> CallAsync(string method, JsonArray parameters, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        using var deadline = new RpcDeadline(endpoint, method, _options.CallTimeout, time, ct);
        return await deadline.RunAsync(token => PostAsync(method, parameters, token));
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<JsonElement> SubscribeAsync(string subscribe, JsonArray parameters, string unsubscribe, CancellationToken ct) =>
        throw new SubtensorException(SubtensorError.Unsupported, $"{endpoint.Name} is asked over HTTP, where nothing can be subscribed to.") { Endpoint = endpoint.Name };

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private async Task<JsonElement> PostAsync(string method, JsonArray parameters, CancellationToken ct)
    {
        var id = Interlocked.Increment(ref _lastId);
        using var request = new HttpRequestMessage(HttpMethod.Post, endpoint.Address) { Content = new ByteArrayContent(RpcCodec.Request(id, method, parameters)) };
        request.Content.Headers.ContentType = Json;
        request.Headers.Authorization = endpoint.Authorization;
        try
        {
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct);
            if (response.StatusCode == HttpStatusCode.TooManyRequests)
                throw Fault(SubtensorError.RateLimited, $"{endpoint.Name} asks for fewer calls", null, arrived: false);
            if (response.StatusCode != HttpStatusCode.OK)
                throw Fault(SubtensorError.Disconnected, $"{endpoint.Name} answered {method} with HTTP {(int)response.StatusCode}", null, arrived: true);
            return ReadAnswer(await ReadBodyAsync(response.Content, method, ct), id, method);
        }
        catch (HttpRequestException fault)
        {
            var unsent = fault.HttpRequestError is HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError;
            throw unsent
                ? Fault(SubtensorError.Unreachable, $"{endpoint.Name} can not be reached: {fault.HttpRequestError}", fault, arrived: false)
                : Fault(SubtensorError.Disconnected, $"{endpoint.Name} broke off {method}: {fault.HttpRequestError}", fault, arrived: true);
        }
        catch (IOException fault)
        {
            throw Fault(SubtensorError.Disconnected, $"{endpoint.Name} broke off {method}", fault, arrived: true);
        }
    }

    private JsonElement ReadAnswer(ReadOnlyMemory<byte> body, long id, string method)
    {
        if (!RpcCodec.TryRead(body, out var message, out var why)) throw RpcCodec.Malformed(endpoint, method, why);
        if (message.Subscription is not null) throw RpcCodec.Malformed(endpoint, method, "it is news of a subscription");
        // A node that could not read the request does not know its id.
        if (message.Error is { } error && (message.Id ?? id) == id) throw RpcCodec.NodeError(endpoint, method, error);
        return message.Id == id ? message.Result : throw RpcCodec.Malformed(endpoint, method, "its id is that of another call");
    }

    private async Task<ReadOnlyMemory<byte>> ReadBodyAsync(HttpContent content, string method, CancellationToken ct)
    {
        var limit = _options.MaxResponseBytes;
        if (content.Headers.ContentLength > limit) throw TooLarge(method);
        var buffer = new ArrayBufferWriter<byte>((int)Math.Clamp(content.Headers.ContentLength + 1 ?? 4096, 256, 1 << 20));
        await using var stream = await content.ReadAsStreamAsync(ct);
        while (true)
        {
            var read = await stream.ReadAsync(buffer.GetMemory(4096), ct);
            if (read == 0) return buffer.WrittenMemory;
            buffer.Advance(read);
            if (buffer.WrittenCount > limit) throw TooLarge(method);
        }
    }

    private SubtensorException TooLarge(string method) =>
        Fault(SubtensorError.TooLarge, $"The answer of {endpoint.Name} to {method} is larger than {_options.MaxResponseBytes} bytes", null, arrived: true);

    private SubtensorException Fault(SubtensorError error, string words, Exception? cause, bool arrived) =>
        new(error, words + ".", cause) { Endpoint = endpoint.Name, MayHaveArrived = arrived };
}
