using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Niche.Bittensor.Chain;
using Niche.Validator.Configuration;

namespace Niche.Validator.Network;

/// <summary>Reads the metagraph from the chain and forgets miners that are no longer on it.</summary>
public sealed class MetagraphSync(
    ISubtensor chain, MetagraphStore metagraphs, MinerStore miners, IOptions<ValidatorOptions> options, ILogger<MetagraphSync> log)
{
    /// <summary>One sync. A chain that does not answer is logged; the last metagraph stays in force.</summary>
    public async Task RunAsync(CancellationToken ct)
    {
        Metagraph metagraph;
        try
        {
            metagraph = await chain.GetMetagraphAsync(options.Value.Netuid, ct).ConfigureAwait(false);
        }
        catch (SubtensorException e)
        {
            log.LogWarning("The chain does not answer, the last metagraph stays in force: {Reason}", e.Message);
            return;
        }

        await metagraphs.SetAsync(metagraph, ct).ConfigureAwait(false);
        foreach (MinerRecord miner in await miners.ListAsync(ct).ConfigureAwait(false))
        {
            if (metagraph.FindByHotkey(miner.Hotkey) is null) await miners.RemoveAsync(miner.Hotkey, ct).ConfigureAwait(false);
        }
    }
}
