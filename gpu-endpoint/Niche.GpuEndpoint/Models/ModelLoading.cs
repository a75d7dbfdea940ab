using Niche.Inference.Models;

namespace Niche.GpuEndpoint.Models;

/// <summary>Loads the models behind a server that already answers its health routes; an endpoint whose models do not load stops.</summary>
internal sealed partial class ModelLoading(
    ModelStore store, IHostApplicationLifetime lifetime, ILogger<ModelLoading> log, TimeProvider time) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var start = time.GetTimestamp();
        try
        {
            await store.LoadAsync(stoppingToken);
            Loaded(string.Join(", ", store.Served.Select(folder => folder.Manifest.Name)), time.GetElapsedTime(start).TotalMilliseconds);
        }
        catch (ModelFolderException e)
        {
            Failed(e.Code, e.Message);
            store.Failure = e;

            // Not before the start is over: a host that is told to stop while it starts throws instead.
            lifetime.ApplicationStarted.Register(lifetime.StopApplication);
        }
    }

    [LoggerMessage(LogLevel.Information, "Ready with {Models} after {Milliseconds:F0} ms")]
    private partial void Loaded(string models, double milliseconds);

    [LoggerMessage(LogLevel.Critical, "A model does not load ({Code}): {Reason}")]
    private partial void Failed(string code, string reason);
}
