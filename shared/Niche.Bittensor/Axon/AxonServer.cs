using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Niche.Bittensor.Keys;
using Niche.Bittensor.Synapses;

namespace Niche.Bittensor.Axon;

/// <summary>
/// The path of one request: headers, signature, nonce, body, blacklist, synapse, priority, handler. Every step can refuse; every refusal
/// reaches the caller as status and words. Stricter than the stock axon where that one lets strangers in (SDK 10.2.0, <c>AxonMiddleware</c>).
/// </summary>
internal sealed class AxonServer
{
    private readonly AxonOptions _options;
    private readonly Keypair _hotkey;
    private readonly ILogger<AxonServer> _log;
    private readonly NonceMemory _nonces;
    private readonly CallerVerifier _verifier;
    private readonly PriorityGate _gate;
    private readonly string _uuid = Guid.NewGuid().ToString("D");

    public AxonServer(AxonOptions options, ILogger<AxonServer> log)
    {
        _options = options;
        _hotkey = options.Hotkey ?? throw new InvalidOperationException("An axon needs AxonOptions.Hotkey.");
        _log = log;
        _nonces = new NonceMemory(options.TimeProvider, options.MaxTrackedDendrites);
        _verifier = new CallerVerifier(_hotkey, _nonces, options.RequireBodyBinding);
        _gate = new PriorityGate(options.MaxConcurrentHandlers, options.MaxWaiting);
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

    private async Task<AxonRefusal?> ProcessAsync(HttpContext http, string name, AxonExchange exchange, CancellationToken ct)
    {
        if (RequestBody.Bound(http, _options.MaxBodyBytes) is { } tooLarge) return tooLarge;
        if (!_options.Routes.TryGetValue(name, out var route)) return NotFound(name);
        if (ReadHeaders(http, exchange) is { } unreadable) return unreadable;
        var (caller, unproven) = _verifier.Verify(exchange.Headers, name, http.Connection.RemoteIpAddress);
        if (unproven is not null) return unproven;
        exchange.Caller = caller;

        var (body, broken) = await RequestBody.ReadAsync(http, _options.MaxBodyBytes, ct);
        if (broken is not null) return broken;
        if (caller!.BodyBound && !string.Equals(SigningText.BodySha256(body.Span), exchange.Headers.BodySha256, StringComparison.Ordinal))
            return AxonRefusal.NotVerified("Body hash mismatch: the body is not the one that was signed");
        if (await RefusedAsync(route, caller, ct) is { } refused) return refused;
        if (_nonces.Record(caller.Hotkey, caller.Uuid, caller.Nonce) is { } replayed) return replayed;
        if (route.Read(body, exchange.Headers.ComputedBodyHash ?? "", out var synapse) is { } malformed) return malformed;
        return await RunAsync(http, route, synapse!, exchange, ct);
    }

    private async Task<AxonRefusal?> RunAsync(HttpContext http, AxonRoute route, Synapse synapse, AxonExchange exchange, CancellationToken ct)
    {
        double priority;
        try
        {
            priority = route.Priority?.Invoke(exchange.Caller!) ?? 0;
        }
        catch (TimeoutException)
        {
            return TimedOut(exchange);
        }

        // A source with a delay and not a timer that cancels one: a timer may still fire while its source is being disposed, and what it then throws
        // ends the process. Caller and axon share the timeout, so that both ends fire together on every late answer.
        using var deadline = exchange.Caller!.Timeout is { } timeout && timeout > TimeSpan.Zero
            ? new CancellationTokenSource(timeout, exchange.Time)
            : new CancellationTokenSource();
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct, deadline.Token);
        try
        {
            if (!await _gate.EnterAsync(priority, patience.Token)) return new AxonRefusal(429, "Too many requests are waiting.", TimeSpan.FromSeconds(1));
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return TimedOut(exchange);
        }

        try
        {
            return await route.RunAsync(http, synapse, exchange, ct);
        }
        finally
        {
            _gate.Leave();
        }
    }

    private static async ValueTask<AxonRefusal?> RefusedAsync(AxonRoute route, AxonCaller caller, CancellationToken ct)
    {
        if (route.Blacklist is null || await route.Blacklist(caller, ct) is not { Refused: true } decision) return null;
        return decision.StatusCode == 403
            ? new AxonRefusal(403, $"Forbidden. Key is blacklisted: {decision.Reason}.", decision.RetryAfter)
            : new AxonRefusal(decision.StatusCode is >= 400 and < 600 ? decision.StatusCode : 403, decision.Reason, decision.RetryAfter);
    }

    private static AxonRefusal? ReadHeaders(HttpContext http, AxonExchange exchange)
    {
        var pairs = http.Request.Headers.Select(header => KeyValuePair.Create(header.Key, header.Value.ToString()));
        if (!SynapseHeaderCodec.TryDecode(pairs, out var headers, out var error)) return AxonRefusal.Malformed(error);
        exchange.Headers = headers;
        return headers.Timeout < 0 ? AxonRefusal.Malformed("Header timeout is negative.") : null;
    }

    private AxonRefusal NotFound(string name)
    {
        var shown = name.Length <= 64 ? name : name[..64];
        var known = string.Join(", ", _options.Routes.Keys.Select(route => $"'{route}'"));
        return new AxonRefusal(404, $"Synapse name '{shown}' not found. Available synapses [{known}]");
    }

    private static AxonRefusal TimedOut(AxonExchange exchange) =>
        new(408, $"Response timeout after: {PythonText.OfFloat(exchange.Headers.Timeout ?? 0)}s");

    private async Task FailAsync(HttpContext http, string name, AxonExchange exchange, Exception fault, CancellationToken ct)
    {
        var incident = Guid.NewGuid().ToString("D");
        _log.LogError(fault, "Serving {Synapse} failed, incident {Incident}.", name, incident);
        if (http.Response.HasStarted)
        {
            http.Abort(); // A stream that ended properly would pass for complete.
            return;
        }

        await RequestBody.DrainAsync(http, ct);
        await AxonAnswer.RefuseAsync(http, new AxonRefusal(500, $"Internal Server Error #{incident}"), exchange, ct);
    }
}
