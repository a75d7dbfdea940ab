using Niche.Validator.Network;
using Niche.Validator.Trusted;

namespace Niche.Validator.Upkeep;

/// <summary>Looks whether work can be done.</summary>
public sealed class Readiness(MetagraphStore metagraphs, MinerStore miners, TrustedEndpoint trusted)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    /// <summary>One look; never throws for a part that is away.</summary>
    public async Task<ReadinessReport> CheckAsync(CancellationToken ct)
    {
        List<string> missing = [];
        if (await metagraphs.GetAsync(ct).ConfigureAwait(false) is null) missing.Add("No metagraph was read from the chain yet.");
        int online = (await miners.ListAsync(ct).ConfigureAwait(false)).Count(miner => miner.Online);
        if (online == 0) missing.Add("No miner is online.");
        using CancellationTokenSource patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(Patience);
        try
        {
            await trusted.ListModelsAsync(patience.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (e is TrustedEndpointException || (e is OperationCanceledException && !ct.IsCancellationRequested))
        {
            missing.Add("The reference endpoint does not answer.");
        }

        return new ReadinessReport(missing.Count == 0, online, missing);
    }
}
