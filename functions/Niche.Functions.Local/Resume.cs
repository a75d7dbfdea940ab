using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Niche.Bots.Operation;
using Niche.Bots.Updates;
using Niche.Storage;
using Niche.Storage.Embedded;
using Niche.Storage.Jobs;
using Niche.Validator.Configuration;
using Niche.Validator.Network;
using Niche.Validator.Synthetic;

namespace Niche.Functions.Local;

/// <summary>
/// What a process does once at its start: takes over the messages that its dead predecessor held, then looks at the subnet at once instead of
/// waiting for the first tick of each timer.
/// </summary>
public sealed class Resume(
    IStorage storage, MetagraphStore metagraphs, MetagraphSync sync, CapacityRefresh capacity, MinerStore miners, RoundStarter rounds, BotUpkeep bots, EventLog events,
    IOptions<ValidatorOptions> options, TimeProvider time, ILogger<Resume> log) : BackgroundService
{
    private static readonly string[] Resumed = [WorkNames.OrganicJobs, WorkNames.ScoreJobs, WorkNames.Deliveries, BotNames.Updates, BotNames.Progress];
    private static readonly TimeSpan Again = TimeSpan.FromMilliseconds(500);
    private const int MaxLooks = 20;

    /// <inheritdoc/>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        if (options.Value.SoleInstance && storage is EmbeddedStorage embedded)
        {
            int shown = 0;
            foreach (string queue in Resumed) shown += await embedded.ShowHiddenAsync(queue, cancellationToken);
            shown += await events.GiveBackAsync(cancellationToken);
            if (shown > 0) log.LogInformation("{Count} messages of the last process are taken over.", shown);
        }

        await base.StartAsync(cancellationToken);
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        for (int i = 0; i < MaxLooks; i++)
        {
            await sync.RunAsync(stoppingToken);
            if (await metagraphs.GetAsync(stoppingToken) is { } metagraph)
            {
                await capacity.RunAsync(stoppingToken);
                IReadOnlyList<MinerRecord> known = await miners.ListAsync(stoppingToken);
                int online = known.Count(miner => miner.Online);
                if (online > 0 && online >= metagraph.Neurons.Count(neuron => !neuron.ValidatorPermit)) break;
            }

            await Task.Delay(Again, time, stoppingToken);
        }

        await rounds.RunAsync(stoppingToken);
        await bots.RegisterAsync(stoppingToken);
    }
}
