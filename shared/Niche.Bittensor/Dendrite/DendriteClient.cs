using System.Collections.Concurrent;
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
    private readonly ConcurrentDictionary<string, CallTimes> _times = new(StringComparer.Ordinal);

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

    /// <summary>SS58 address of the hotkey.</summary>
    public string Address => _hotkey.Address;

    internal TimeProvider Time => _time;

    internal DendriteOptions Options => _options;

    /// <summary>A message handler fit for calling strangers.</summary>
    public static SocketsHttpHandler CreateHandler() => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = false,
        AutomaticDecompression = DecompressionMethods.None,
        MaxResponseHeadersLength = 64,
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),

        // A stock axon closes an idle connection after five seconds, which must not cross with a request.
        PooledConnectionIdleTimeout = TimeSpan.FromSeconds(4),
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
        var elapsed = call.Elapsed;
        if (end.Outcome == SynapseOutcome.Success) TimesOf<T>().Add(elapsed);
        return new SynapseResult<T>
        {
            Axon = axon,
            Response = Stamped(answer, end, elapsed),
            StatusCode = end.StatusCode,
            StatusMessage = end.StatusMessage,
            Outcome = end.Outcome,
            ProcessTime = elapsed,
            AxonProcessTime = Seconds(call.Headers.Axon.ProcessTime ?? answer?.Axon?.ProcessTime),
            RetryAfter = call.RetryAfter,
        };
    }

    /// <summary>
    /// Asks the first axon, and the next one when it takes longer than the policy allows or fails. The first good answer wins, the other calls are
    /// cancelled.
    /// </summary>
    /// <param name="axons">In the order of asking; at least one.</param>
    /// <param name="synapse">The same request for each.</param>
    /// <param name="timeout">For all of it together.</param>
    /// <param name="policy">When to ask the next.</param>
    /// <param name="ct">Stops all calls.</param>
    /// <param name="accept">What a good answer is; any success unless told.</param>
    /// <exception cref="OperationCanceledException">Only when <paramref name="ct"/> was cancelled.</exception>
    public Task<HedgedResult<T>> CallHedgedAsync<T>(
        IReadOnlyList<AxonEndpoint> axons, T synapse, TimeSpan timeout, HedgePolicy policy, CancellationToken ct, Func<SynapseResult<T>, bool>? accept = null)
        where T : Synapse
    {
        ArgumentNullException.ThrowIfNull(axons);
        ArgumentNullException.ThrowIfNull(synapse);
        ArgumentNullException.ThrowIfNull(policy);
        ArgumentOutOfRangeException.ThrowIfLessThan(axons.Count, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(policy.MaxCalls, 1);
        var delay = policy.Percentile is { } part ? TimesOf<T>().Percentile(part) ?? policy.Delay : policy.Delay;
        return new HedgedCall<T>(this, axons, synapse, timeout, _time, accept ?? (result => result.IsSuccess)).RunAsync(delay, policy.MaxCalls, ct);
    }

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
        call.SendAsync(_http, axon, SynapseContract.For(synapse).Name, (address, uuid, nonce, body) =>
            SynapseRequest.Create(synapse, axon, address, _hotkey, _options, timeout, uuid, nonce, body));

    // As the stock dendrite leaves it: how this end saw the call.
    private static T? Stamped<T>(T? answer, CallEnd end, TimeSpan elapsed)
        where T : Synapse => answer is null ? null : (T)((Synapse)answer with
    {
        Dendrite = (answer.Dendrite ?? new TerminalInfo()) with
        {
            StatusCode = end.StatusCode, StatusMessage = end.StatusMessage, ProcessTime = elapsed.TotalSeconds,
        },
    });

    private CallTimes TimesOf<T>()
        where T : Synapse => _times.GetOrAdd(SynapseContract.Of<T>().Name, _ => new CallTimes());

    private static TimeSpan? Seconds(double? seconds) =>
        seconds is >= 0 and < 1e6 ? TimeSpan.FromSeconds(seconds.Value) : null;
}
