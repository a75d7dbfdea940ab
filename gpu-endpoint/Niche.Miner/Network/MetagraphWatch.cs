using Niche.Bittensor.Chain;

namespace Niche.Miner.Network;

/// <summary>Reads the metagraph in the background. A chain that can not be asked leaves the last reading in force; before the first one nobody is served.</summary>
public sealed class MetagraphWatch(ISubtensor chain, MinerOptions options, TimeProvider time, ILogger<MetagraphWatch> log) : BackgroundService
{
    private volatile NetworkSnapshot? _current;

    /// <summary>The last reading; null before the first.</summary>
    public NetworkSnapshot? Current => _current;

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var backOff = new BackOff(TimeSpan.FromMilliseconds(500), options.MetagraphInterval, new Random());
        while (!stoppingToken.IsCancellationRequested)
        {
            var pause = options.MetagraphInterval;
            if (await ReadAsync(stoppingToken)) backOff.Reset();
            else pause = backOff.Next();
            await Task.Delay(pause, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<bool> ReadAsync(CancellationToken ct)
    {
        try
        {
            var metagraph = await chain.GetMetagraphAsync(options.Netuid, ct);
            _current = NetworkSnapshot.Create(metagraph, options.TotalVolume, options.Policy.Capacity, time.GetUtcNow());
            return true;
        }
        catch (SubtensorException fault)
        {
            log.LogWarning("The metagraph could not be read: {Reason}", fault.Message);
            return false;
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            return false;
        }
    }
}
