using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Niche.Triggers.Binding;
using Niche.Triggers.Execution;
using Niche.Triggers.Queues;
using Niche.Triggers.Timers;

namespace Niche.Triggers.Hosting;

/// <summary>Starts every pump once the whole host has started, and stops them gracefully: no more polling as soon as the host is
/// asked to stop, cancellation of what still runs only at the shutdown deadline.</summary>
internal sealed class TriggerHost(
    FunctionCatalog catalog,
    HostSettings settings,
    FunctionExecutor executor,
    QueueConnections connections,
    ITimerStatusStore timerStatus,
    TriggerTelemetry telemetry,
    TimeProvider time,
    ILoggerFactory logs,
    IServiceProvider services) : IHostedLifecycleService, IDisposable
{
    // What a cancelled function gets to unwind before the process goes on without it.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    private readonly CancellationTokenSource _stopping = new();
    private readonly CancellationTokenSource _deadline = new();
    private Task _pumps = Task.CompletedTask;

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken)
    {
        var log = logs.CreateLogger<TriggerHost>();
        var pumps = new List<Task>();
        foreach (var function in catalog.Functions)
        {
            if (function.Disabled)
                log.LogInformation("Function {Function} is disabled.", function.Name);
            else if (Pump(function) is { } pump)
                pumps.Add(Task.Run(() => GuardAsync(function, pump, log), CancellationToken.None));
        }

        _pumps = Task.WhenAll(pumps);
        return Task.CompletedTask;
    }

    public Task StoppingAsync(CancellationToken cancellationToken) => _stopping.CancelAsync();

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        var atDeadline = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using (cancellationToken.UnsafeRegister(static d => ((TaskCompletionSource)d!).TrySetResult(), atDeadline))
            await Task.WhenAny(_pumps, atDeadline.Task).ConfigureAwait(false);
        if (_pumps.IsCompleted)
            return;
        var log = logs.CreateLogger<TriggerHost>();
        var ended = Task.WhenAll(_pumps, CancelAsync(log));
        await Task.WhenAny(ended, Task.Delay(Grace, time, CancellationToken.None)).ConfigureAwait(false);
        if (!ended.IsCompleted)
            log.LogWarning("Some functions did not heed their cancellation; their messages come back when their leases end.");
    }

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose()
    {
        _stopping.Dispose();
        _deadline.Dispose();
    }

    // Runs the callbacks that functions put on their token: they may throw, or not return within the grace.
    private async Task CancelAsync(ILogger log)
    {
        try
        {
            await _deadline.CancelAsync().ConfigureAwait(false);
        }
        catch (AggregateException e)
        {
            log.LogError(e, "A function's callback on its cancellation token failed.");
        }
    }

    private static async Task GuardAsync(FunctionDescriptor function, Func<Task> pump, ILogger log)
    {
        try
        {
            await pump().ConfigureAwait(false);
        }
        catch (Exception e)
        {
            log.LogCritical(e, "The trigger of {Function} broke down; it does not run until the process is started again.", function.Name);
        }
    }

    private Func<Task>? Pump(FunctionDescriptor function)
    {
        var log = logs.CreateLogger("Function." + function.Name);
        switch (function.Trigger)
        {
            case QueueTrigger queue:
                var pump = CreatePump(function, queue, log);
                return () => pump.RunAsync(_stopping.Token, _deadline.Token);
            case TimerTrigger timer:
                var clock = new TimerPump(function, timer, timerStatus, executor, time, log);
                return () => clock.RunAsync(_stopping.Token, _deadline.Token);
            default:
                return null;
        }
    }

    private QueuePump CreatePump(FunctionDescriptor function, QueueTrigger trigger, ILogger log)
    {
        var transport = connections.For(trigger.Connection);
        var poison = new PoisonQueue(function, trigger.Queue, transport, services.GetService<IPoisonSink>(), telemetry, time, log);
        var processor = new MessageProcessor(function, trigger.Queue, transport, executor, poison, settings.Queues, time, log);
        var backoff = new PollBackoff(settings.Queues.MaxPollingInterval, new Random().NextDouble);
        return new QueuePump(trigger.Queue, transport, processor.ProcessAsync, settings.Queues, backoff, time, log);
    }
}
