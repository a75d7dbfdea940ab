using Niche.Bittensor.Keys;
using Niche.Bittensor.Synapses;

namespace Niche.Bittensor.Axon;

/// <summary>What an axon serves and how it protects itself. The ping <c>/Synapse</c> is always attached.</summary>
public sealed class AxonOptions
{
    private readonly Dictionary<string, AxonRoute> _routes = new(StringComparer.Ordinal);

    /// <summary>An axon that answers pings only.</summary>
    public AxonOptions() =>
        Attach<Synapse>((ping, _, _) => Task.FromResult(AxonReply.Success(ping)));

    /// <summary>The hotkey this axon signs and is addressed with. Required; not disposed by the axon.</summary>
    public Keypair? Hotkey { get; set; }

    /// <summary>Largest accepted request body in bytes; 16 MiB unless told.</summary>
    public long MaxBodyBytes { get; set; } = 16 * 1024 * 1024;

    /// <summary>The clock for nonces and times.</summary>
    public TimeProvider TimeProvider { get; set; } = TimeProvider.System;

    /// <summary>
    /// Asked with the hotkey that a request claims, before its signature is looked at; false refuses it for the price of a look-up (403), so that a
    /// flood of strangers costs next to nothing. The signature must be right all the same. Null asks nobody.
    /// </summary>
    public Func<string, bool>? KnownHotkeys { get; set; }

    /// <summary>Wrong signatures that one address (of IPv6 one /64) may send in a minute before it is told 429; 0 for no limit, as behind a proxy.</summary>
    public int MaxWrongSignaturesPerMinute { get; set; } = 120;

    /// <summary>
    /// A file in which the nonces of the last minute outlive the process, so that a request can not be replayed after a restart. One axon per
    /// file; its folder must exist. Null remembers in memory only.
    /// </summary>
    public string? NonceFile { get; set; }

    /// <summary>Refuse callers whose signature does not cover path and whole body. Stock dendrites do not offer that.</summary>
    public bool RequireBodyBinding { get; set; }

    /// <summary>Handlers running at once; others wait, their turns shared by priority and caller (<see cref="FairGate"/>).</summary>
    public int MaxConcurrentHandlers { get; set; } = 64;

    /// <summary>Requests waiting for a handler; more are told 429 at once.</summary>
    public int MaxWaiting { get; set; } = 256;

    /// <summary>Dendrites (hotkey and uuid) whose last nonce is remembered at once; more are told 503 until some expire.</summary>
    public int MaxTrackedDendrites { get; set; } = 100_000;

    /// <summary>SDK version told to callers on errors.</summary>
    public int Version { get; set; } = 10_002_000;

    internal IReadOnlyDictionary<string, AxonRoute> Routes => _routes;

    /// <summary>Serves a synapse; attaching a type again replaces it.</summary>
    /// <param name="handler">Does the work. Throwing gives the caller 500 without details; return a failure to be honest.</param>
    /// <param name="blacklist">Asked once the caller is proven, before the body is taken in.</param>
    /// <param name="priority">Higher goes first when handlers are busy, but starves nobody; a TimeoutException gives 408.</param>
    /// <param name="quota">Null lets the request pass, a time tells the caller to come back then (429), as <see cref="CallerQuota.Take"/> does.</param>
    public AxonOptions Attach<T>(
        Func<T, AxonCaller, CancellationToken, Task<AxonReply<T>>> handler,
        Func<AxonCaller, CancellationToken, ValueTask<BlacklistDecision>>? blacklist = null,
        Func<AxonCaller, double>? priority = null,
        Func<AxonCaller, TimeSpan?>? quota = null)
        where T : Synapse
    {
        ArgumentNullException.ThrowIfNull(handler);
        return Add<T>(new AxonRoute<T>(handler, Stream: null, blacklist, priority, quota));
    }

    /// <summary>Serves a synapse whose answer is a stream of text.</summary>
    /// <param name="handler">Starts the work and returns the pieces, or an honest failure. A fault after the first piece breaks the connection.</param>
    /// <param name="blacklist">As for whole answers.</param>
    /// <param name="priority">As for whole answers.</param>
    /// <param name="quota">As for whole answers.</param>
    public AxonOptions AttachStream<T>(
        Func<T, AxonCaller, CancellationToken, Task<AxonStreamReply>> handler,
        Func<AxonCaller, CancellationToken, ValueTask<BlacklistDecision>>? blacklist = null,
        Func<AxonCaller, double>? priority = null,
        Func<AxonCaller, TimeSpan?>? quota = null)
        where T : Synapse
    {
        ArgumentNullException.ThrowIfNull(handler);
        return Add<T>(new AxonRoute<T>(Handler: null, handler, blacklist, priority, quota));
    }

    /// <summary>Serves a synapse whose answer is whole or a stream of text, as each request asks.</summary>
    /// <param name="handler">Answers whole, as in the other overload.</param>
    /// <param name="stream">Answers as a stream, as in <see cref="AttachStream{T}"/>.</param>
    /// <param name="streams">True when this request wants a stream; asked on the verified synapse.</param>
    /// <param name="blacklist">As in the other overload.</param>
    /// <param name="priority">As in the other overload.</param>
    /// <param name="quota">As in the other overload.</param>
    public AxonOptions Attach<T>(
        Func<T, AxonCaller, CancellationToken, Task<AxonReply<T>>> handler,
        Func<T, AxonCaller, CancellationToken, Task<AxonStreamReply>> stream,
        Func<T, bool> streams,
        Func<AxonCaller, CancellationToken, ValueTask<BlacklistDecision>>? blacklist = null,
        Func<AxonCaller, double>? priority = null,
        Func<AxonCaller, TimeSpan?>? quota = null)
        where T : Synapse
    {
        ArgumentNullException.ThrowIfNull(handler);
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(streams);
        return Add<T>(new AxonRoute<T>(handler, stream, blacklist, priority, quota, streams));
    }

    private AxonOptions Add<T>(AxonRoute<T> route)
        where T : Synapse
    {
        _routes[SynapseContract.Of<T>().Name] = route;
        return this;
    }
}
