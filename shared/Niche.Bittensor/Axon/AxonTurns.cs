using Microsoft.AspNetCore.Http;
using Niche.Bittensor.Synapses;

namespace Niche.Bittensor.Axon;

/// <summary>The last steps before a handler: priority, quota, a turn. Then the handler.</summary>
internal sealed class AxonTurns(AxonOptions options)
{
    private readonly FairGate _gate = new(options.MaxConcurrentHandlers, options.MaxWaiting);

    public async Task<AxonRefusal?> RunAsync(HttpContext http, AxonRoute route, Synapse synapse, AxonExchange exchange, CancellationToken ct)
    {
        var caller = exchange.Caller!;
        double priority;
        try
        {
            priority = route.Priority?.Invoke(caller) ?? 0;
        }
        catch (TimeoutException)
        {
            return TimedOut(exchange);
        }

        if (route.Quota?.Invoke(caller) is { } wait) return new AxonRefusal(429, "The quota is used up.", wait);
        if (!_gate.TryEnter(caller.Hotkey, priority) && await WaitAsync(priority, exchange, ct) is { } noTurn) return noTurn;
        try
        {
            return await route.RunAsync(http, synapse, exchange, ct);
        }
        finally
        {
            _gate.Leave();
        }
    }

    private async Task<AxonRefusal?> WaitAsync(double priority, AxonExchange exchange, CancellationToken ct)
    {
        // A source with a delay and not a timer that cancels one: a timer may still fire while its source is being disposed, and what it then throws
        // ends the process. Caller and axon share the timeout, so that both ends fire together on every late answer.
        var caller = exchange.Caller!;
        using var deadline = caller.Timeout is { } timeout && timeout > TimeSpan.Zero
            ? new CancellationTokenSource(timeout, exchange.Time)
            : new CancellationTokenSource();
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct, deadline.Token);
        try
        {
            return await _gate.EnterAsync(caller.Hotkey, priority, patience.Token)
                ? null
                : new AxonRefusal(429, "Too many requests are waiting.", TimeSpan.FromSeconds(1));
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return TimedOut(exchange);
        }
    }

    private static AxonRefusal TimedOut(AxonExchange exchange) =>
        new(408, $"Response timeout after: {PythonText.OfFloat(exchange.Headers.Timeout ?? 0)}s");
}
