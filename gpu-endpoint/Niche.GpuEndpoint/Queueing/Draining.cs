using Niche.GpuEndpoint.Predictions;

namespace Niche.GpuEndpoint.Queueing;

/// <summary>
/// A stop in order: told to stop, the endpoint still answers its health routes (ready says 503) while accepted work finishes, for a limited time.
/// </summary>
internal sealed partial class Draining(WorkLanes lanes, PredictionStore predictions, EndpointOptions options, TimeProvider time, ILogger<Draining> log) : IHostedLifecycleService
{
    // Before any service stops: the listener is one of them.
    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        try
        {
            await lanes.DrainAsync().WaitAsync(options.Drain, time, cancellationToken);
        }
        catch (Exception e) when (e is TimeoutException or OperationCanceledException)
        {
            Unfinished(lanes.Images.Inside + lanes.Texts.Inside + lanes.Passed.Inside + lanes.Features.Inside, options.Drain.TotalSeconds);
            predictions.CancelAll();
        }
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(LogLevel.Warning, "Stops with {Count} requests unfinished after {Seconds:F0} s")]
    private partial void Unfinished(int count, double seconds);
}
