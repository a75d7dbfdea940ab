using System.Net;
using Niche.Bittensor.Chain;
using Niche.Bittensor.Keys;
using Niche.Bittensor.Synapses;

namespace Niche.Bittensor.Dendrite;

/// <summary>
/// Calls axons. Signs every request with the hotkey, bounds what it reads, and reports a peer's faults as data. Safe for concurrent use;
/// owns neither the key nor the HTTP client.
/// </summary>
/// <remarks>Give it a client over <see cref="CreateHandler"/>: redirects off, no cookies, no transparent decompression.</remarks>
public sealed class DendriteClient
{
    private readonly Keypair _hotkey;
    private readonly HttpClient _http;
    private readonly TimeProvider _time;
    private readonly DendriteOptions _options;
    private readonly DendriteLanes _lanes;

    /// <summary>A dendrite that signs with the hotkey.</summary>
    public DendriteClient(Keypair hotkey, HttpClient http, TimeProvider time, DendriteOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(hotkey);
        ArgumentNullException.ThrowIfNull(http);
        ArgumentNullException.ThrowIfNull(time);
        (_hotkey, _http, _time, _options) = (hotkey, http, time, options ?? new DendriteOptions());
        ArgumentOutOfRangeException.ThrowIfLessThan(_options.MaxConcurrentCalls, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(_options.MaxResponseBytes, 1);
        _lanes = new DendriteLanes(time);
    }

    /// <summary>A message handler fit for calling strangers.</summary>
    public static SocketsHttpHandler CreateHandler() => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = false,
        AutomaticDecompression = DecompressionMethods.None,
        MaxResponseHeadersLength = 64,
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
    };

    /// <summary>Sends one synapse and waits for the answer.</summary>
    /// <param name="axon">Who to call.</param>
    /// <param name="synapse">The request; it is never changed.</param>
    /// <param name="timeout">For the whole call, connection included; also told to the axon. More than zero, at most a day.</param>
    /// <param name="ct">Stops the call.</param>
    /// <returns>The end of the call, whatever the peer did.</returns>
    /// <exception cref="OperationCanceledException">Only when <paramref name="ct"/> was cancelled.</exception>
    public async Task<SynapseResult<T>> CallAsync<T>(AxonEndpoint axon, T synapse, TimeSpan timeout, CancellationToken ct)
        where T : Synapse
    {
        ArgumentNullException.ThrowIfNull(axon);
        ArgumentNullException.ThrowIfNull(synapse);
        ct.ThrowIfCancellationRequested();
        using var call = new DendriteCall(_lanes, _time, timeout, ct);
        var failed = await SendAsync(call, axon, synapse, timeout);
        var (answer, end) = failed is not null
            ? (null, failed)
            : await call.GuardAsync(
                token => SynapseResponseReader.ReadAsync<T>(call.Response!, call.Headers, _options.MaxResponseBytes, token),
                fault => ((T?)null, fault));
        return new SynapseResult<T>
        {
            Axon = axon,
            Response = answer,
            StatusCode = end.StatusCode,
            StatusMessage = end.StatusMessage,
            Outcome = end.Outcome,
            ProcessTime = call.Elapsed,
            AxonProcessTime = Seconds(call.Headers.Axon.ProcessTime ?? answer?.Axon?.ProcessTime),
            RetryAfter = call.RetryAfter,
        };
    }

    /// <summary>Calls many axons, at most <see cref="DendriteOptions.MaxConcurrentCalls"/> at once; results in the order of the axons.</summary>
    /// <param name="axons">Who to call.</param>
    /// <param name="synapse">The request for each axon.</param>
    /// <param name="timeout">For each call, from its own start.</param>
    /// <param name="ct">Stops all calls.</param>
    public async Task<IReadOnlyList<SynapseResult<T>>> CallManyAsync<T>(
        IReadOnlyList<AxonEndpoint> axons, Func<AxonEndpoint, T> synapse, TimeSpan timeout, CancellationToken ct)
        where T : Synapse
    {
        ArgumentNullException.ThrowIfNull(axons);
        ArgumentNullException.ThrowIfNull(synapse);
        var results = new SynapseResult<T>[axons.Count];
        var limit = new ParallelOptions { MaxDegreeOfParallelism = _options.MaxConcurrentCalls, CancellationToken = ct };
        await Parallel.ForAsync(0, axons.Count, limit, async (i, token) =>
            results[i] = await CallAsync(axons[i], synapse(axons[i]), timeout, token));
        return results;
    }

    /// <summary>Calls many axons with the same synapse.</summary>
    public Task<IReadOnlyList<SynapseResult<T>>> CallManyAsync<T>(
        IReadOnlyList<AxonEndpoint> axons, T synapse, TimeSpan timeout, CancellationToken ct)
        where T : Synapse => CallManyAsync(axons, _ => synapse, timeout, ct);

    /// <summary>Sends one synapse whose answer is a stream of text; nothing is sent before the stream is enumerated.</summary>
    /// <param name="axon">Who to call.</param>
    /// <param name="synapse">The request; it is never changed.</param>
    /// <param name="timeout">For the whole stream; also told to the axon.</param>
    public SynapseStream StreamAsync<T>(AxonEndpoint axon, T synapse, TimeSpan timeout)
        where T : Synapse
    {
        ArgumentNullException.ThrowIfNull(axon);
        ArgumentNullException.ThrowIfNull(synapse);
        return new SynapseStream(
            axon,
            (stream, ct) => SynapseStreamReader.ReadAsync(
                stream,
                () => new DendriteCall(_lanes, _time, timeout, ct),
                call => SendAsync(call, axon, synapse, timeout),
                _options.MaxResponseBytes,
                ct));
    }

    private Task<CallEnd?> SendAsync<T>(DendriteCall call, AxonEndpoint axon, T synapse, TimeSpan timeout)
        where T : Synapse =>
        call.SendAsync(_http, axon, SynapseContract.Of<T>().Name, (address, uuid, nonce) =>
            SynapseRequest.Create(synapse, axon, address, _hotkey, _options, timeout, uuid, nonce));

    private static TimeSpan? Seconds(double? seconds) =>
        seconds is >= 0 and < 1e6 ? TimeSpan.FromSeconds(seconds.Value) : null;
}
