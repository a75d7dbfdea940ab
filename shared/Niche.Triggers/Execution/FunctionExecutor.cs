using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Niche.Triggers.Binding;
using Niche.Triggers.Hosting;
using Niche.Triggers.Queues;

namespace Niche.Triggers.Execution;

/// <summary>Runs one invocation: scope, instance, time limit, call, outputs, counts. Throws what the function threw.</summary>
internal sealed class FunctionExecutor(
    IServiceScopeFactory scopes, OutputWriter outputs, TriggerTelemetry telemetry, HostSettings settings, TimeProvider time)
{
    public async ValueTask RunAsync(FunctionDescriptor function, QueueItem item, ReadOnlyMemory<byte> message, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var invocation = new Invocation(function, scope.ServiceProvider) { Item = item, Message = message };
        await RunAsync(function, invocation, cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask RunAsync(FunctionDescriptor function, TimerInfo timer, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var invocation = new Invocation(function, scope.ServiceProvider) { Timer = timer };
        await RunAsync(function, invocation, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Runs in the request's own scope; returns the function's result.</summary>
    public ValueTask<object?> RunAsync(FunctionDescriptor function, HttpContext http) =>
        RunAsync(function, new Invocation(function, http.RequestServices) { Http = http }, http.RequestAborted);

    private async ValueTask<object?> RunAsync(FunctionDescriptor function, Invocation invocation, CancellationToken cancellationToken)
    {
        function.Counters.Started();
        using var activity = TriggerTelemetry.Start(function);
        var started = time.GetTimestamp();
        var outcome = "failed";
        try
        {
            var result = await CallAsync(function, invocation, cancellationToken).ConfigureAwait(false);
            outcome = "succeeded";
            return result;
        }
        catch (Exception e)
        {
            if (e is OperationCanceledException && invocation.Http is { RequestAborted.IsCancellationRequested: true })
                outcome = "abandoned";
            else
                activity?.SetStatus(ActivityStatusCode.Error, e.GetType().Name);
            throw;
        }
        finally
        {
            var duration = time.GetElapsedTime(started);
            function.Counters.Ended(outcome == "failed", duration, time.GetUtcNow());
            telemetry.Ended(function, outcome, duration);
        }
    }

    private async ValueTask<object?> CallAsync(FunctionDescriptor function, Invocation invocation, CancellationToken cancellationToken)
    {
        using var source = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);

        // Not Cancel: what a callback of the function throws would end the process from the timer's thread.
        await using var limit = settings.FunctionTimeout is { } timeout
            ? time.CreateTimer(static s => _ = ((CancellationTokenSource)s!).CancelAsync(), source, timeout, Timeout.InfiniteTimeSpan)
            : null;
        invocation.Token = source.Token;
        var instance = function.Factory?.Invoke(invocation.InstanceServices, null);
        try
        {
            var result = await function.Call(instance, invocation).ConfigureAwait(false);
            await outputs.WriteAsync(function, result, source.Token).ConfigureAwait(false);
            return result;
        }
        catch (OperationCanceledException e) when (source.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new FunctionTimeoutException(function.Name, settings.FunctionTimeout ?? Timeout.InfiniteTimeSpan, e);
        }
        finally
        {
            await DisposeAsync(instance).ConfigureAwait(false);
        }
    }

    private static ValueTask DisposeAsync(object? instance)
    {
        switch (instance)
        {
            case IAsyncDisposable asynchronous:
                return asynchronous.DisposeAsync();
            case IDisposable disposable:
                disposable.Dispose();
                return ValueTask.CompletedTask;
            default:
                return ValueTask.CompletedTask;
        }
    }
}
