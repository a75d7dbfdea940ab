using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Niche.Bittensor.Keys;
using Niche.Bittensor.Synapses;

namespace Niche.Bittensor.Axon;

/// <summary>
/// The path of one request: size, route, headers, nonce, signature, blacklist, body, synapse, priority, quota, handler; the cheap looks first.
/// Every step can refuse; every refusal reaches the caller as status and words. Stricter than the stock axon where that one lets strangers in
/// (SDK 10.2.0, <c>AxonMiddleware</c>).
/// </summary>
internal sealed class AxonServer : IDisposable
{
    private const int JournalLine = 160;

    private readonly AxonOptions _options;
    private readonly Keypair _hotkey;
    private readonly ILogger<AxonServer> _log;
    private readonly NonceMemory _nonces;
    private readonly CallerVerifier _verifier;
    private readonly AxonTurns _turns;
    private readonly string _uuid;

    public AxonServer(AxonOptions options, ILogger<AxonServer> log)
    {
        _options = options;
        _hotkey = options.Hotkey ?? throw new InvalidOperationException("An axon needs AxonOptions.Hotkey.");
        _log = log;
        _uuid = TimeUuid.Create(options.TimeProvider);
        var journal = options.NonceFile is { } path
            ? new NonceJournal(path, checked(options.MaxTrackedDendrites * 2 * JournalLine), JournalFailed)
            : null;
        _nonces = new NonceMemory(options.TimeProvider, options.MaxTrackedDendrites, journal);
        _verifier = new CallerVerifier(_hotkey, _nonces, new PeerStrikes(options.TimeProvider, options.MaxWrongSignaturesPerMinute), options);
        _turns = new AxonTurns(options);
    }

    public async Task HandleAsync(HttpContext http, string name)
    {
        var ct = http.RequestAborted;
        var exchange = new AxonExchange(_hotkey, _options.TimeProvider, _uuid, _options.Version);
        try
        {
            if (await ProcessAsync(http, name, exchange, ct) is not { } refusal) return;
            await RequestBody.DrainAsync(http, ct);
            await AxonAnswer.RefuseAsync(http, refusal, exchange, ct);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            _log.LogDebug("A caller of {Synapse} left before the answer.", name);
        }
        catch (Exception fault) when (!ct.IsCancellationRequested)
        {
            await FailAsync(http, name, exchange, fault, ct);
        }
    }

    public void Dispose() => _nonces.Dispose();

    private async Task<AxonRefusal?> ProcessAsync(HttpContext http, string name, AxonExchange exchange, CancellationToken ct)
    {
        if (RequestBody.Bound(http, _options.MaxBodyBytes) is { } tooLarge) return tooLarge;
        if (!_options.Routes.TryGetValue(name, out var route)) return NotFound(name, exchange);
        if (ReadHeaders(http, exchange) is { } unreadable) return unreadable;
        var (caller, unproven) = _verifier.Verify(exchange.Headers, name, route.BindsBody, PeerAddress.Plain(http.Connection.RemoteIpAddress));
        if (unproven is not null) return unproven;
        exchange.Caller = caller;
        if (await RefusedAsync(route, caller!, ct) is { } refused) return refused;
        return _nonces.Record(caller!.Hotkey, caller.Uuid, caller.Nonce) ?? await ReadAsync(http, route, exchange, ct);
    }

    private async Task<AxonRefusal?> ReadAsync(HttpContext http, AxonRoute route, AxonExchange exchange, CancellationToken ct)
    {
        var (body, broken) = await RequestBody.ReadAsync(http, _options.MaxBodyBytes, ct);
        if (broken is not null) return broken;
        Synapse? synapse = null;
        try
        {
            AxonRefusal? refusal;
            using (body) refusal = Read(body!.Written, route, exchange, out synapse);
            return refusal ?? await _turns.RunAsync(http, route, synapse!, exchange, ct);
        }
        finally
        {
            route.Release(synapse);
        }
    }

    private AxonRefusal? Read(ReadOnlyMemory<byte> body, AxonRoute route, AxonExchange exchange, out Synapse? synapse)
    {
        synapse = null;
        var (caller, headers) = (exchange.Caller!, exchange.Headers);
        if (caller.BodyBound && !string.Equals(SigningText.BodySha256(body.Span), headers.BodySha256, StringComparison.Ordinal)) return AxonRefusal.OtherBody();
        if (route.Read(body, headers.ComputedBodyHash ?? "", out synapse, out var bound) is { } malformed) return malformed;
        if (bound) exchange.Caller = caller with { BodyBound = true };
        return _options.RequireBodyBinding && !(caller.BodyBound || bound) ? AxonRefusal.NotVerified("Missing body_digest") : null;
    }

    private static async ValueTask<AxonRefusal?> RefusedAsync(AxonRoute route, AxonCaller caller, CancellationToken ct)
    {
        if (route.Blacklist is null || await route.Blacklist(caller, ct) is not { Refused: true } decision) return null;
        return decision.StatusCode is >= 400 and < 600 and not 403
            ? new AxonRefusal(decision.StatusCode, decision.Reason, decision.RetryAfter)
            : AxonRefusal.Forbidden(decision.Reason, decision.RetryAfter);
    }

    private static AxonRefusal? ReadHeaders(HttpContext http, AxonExchange exchange)
    {
        var parts = new SynapseHeaderParts();
        foreach (var (name, value) in http.Request.Headers)
            if (!parts.TryRead(name, value.ToString(), out var error))
                return AxonRefusal.Malformed(error);
        exchange.Headers = parts.ToHeaders();
        return exchange.Headers.Timeout < 0 ? AxonRefusal.Malformed("Header timeout is negative.") : null;
    }

    // The stock axon answers this one with the headers of an empty base synapse.
    private AxonRefusal NotFound(string name, AxonExchange exchange)
    {
        exchange.Headers = new SynapseHeaders { Name = nameof(Synapse), Timeout = 12 };
        var shown = name.Length <= 64 ? name : name[..64];
        var known = string.Join(", ", _options.Routes.Keys.Select(route => $"'{route}'"));
        return new AxonRefusal(404, $"Synapse name '{shown}' not found. Available synapses [{known}]");
    }

    private async Task FailAsync(HttpContext http, string name, AxonExchange exchange, Exception fault, CancellationToken ct)
    {
        var incident = Guid.NewGuid().ToString("D");
        _log.LogError(fault, "Serving {Synapse} failed, incident {Incident}.", name, incident);
        if (http.Response.HasStarted)
        {
            http.Abort(); // A stream that ended properly would pass for complete.
            return;
        }

        http.Response.Clear();
        await RequestBody.DrainAsync(http, ct);
        await AxonAnswer.RefuseAsync(http, new AxonRefusal(500, $"Internal Server Error #{incident}"), exchange, ct);
    }

    private void JournalFailed(IOException fault) =>
        _log.LogError(fault, "The nonce file can not be written: requests of the last minute could be replayed after a restart.");
}
