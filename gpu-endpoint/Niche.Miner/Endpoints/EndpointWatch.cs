using Niche.Miner.Work;

namespace Niche.Miner.Endpoints;

/// <summary>Keeps what the endpoints serve up to date, so that a change of model needs no restart.</summary>
internal sealed class EndpointWatch(EndpointPool pool, EndpointClient client, MinerOptions options, TimeProvider time, ILogger<EndpointWatch> log)
    : BackgroundService
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(500);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.WhenAll(pool.Links.Select(link => RefreshAsync(link, stoppingToken)));

            // An endpoint that still loads its models is worth asking again at once.
            var pause = pool.Links.All(link => link.Models.Count > 0) ? options.EndpointInterval : Min(Soon, options.EndpointInterval);
            await Task.Delay(pause, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task RefreshAsync(EndpointLink link, CancellationToken ct)
    {
        using var deadline = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, ct);
        try
        {
            var models = await client.ModelsAsync(link, either.Token);
            if (models.SequenceEqual(link.Models)) return;
            link.Models = models;
            log.LogInformation("Endpoint {Endpoint} serves {Models}.", link.Address, string.Join(", ", models.Select(model => model.Name)));
        }
        catch (MinerWorkException fault)
        {
            if (link.Models.Count > 0) log.LogWarning("Endpoint {Endpoint} does not say what it serves: {Reason}", link.Address, fault.Message);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            log.LogWarning("Endpoint {Endpoint} does not say what it serves in time.", link.Address);
        }
        catch (OperationCanceledException)
        {
            log.LogDebug("Stopped while asking {Endpoint}.", link.Address);
        }
    }

    private static TimeSpan Min(TimeSpan a, TimeSpan b) => a < b ? a : b;
}
