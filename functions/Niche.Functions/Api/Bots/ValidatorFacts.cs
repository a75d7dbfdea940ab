using Niche.Bots.Ports;
using Niche.Subnet.Jobs;
using Niche.Validator.Miners;
using Niche.Validator.Network;
using Niche.Validator.Organic;
using Niche.Validator.Trusted;

namespace Niche.Functions.Api.Bots;

/// <summary>The subnet as the validator sees it, for the bots.</summary>
public sealed class ValidatorFacts(NetworkView network, MinerSelector selector, WaitingTimes waiting, Suggestions suggestions) : INetworkFacts
{
    /// <inheritdoc/>
    public async Task<NetworkFacts> ReadAsync(CancellationToken ct)
    {
        NetworkSnapshot snapshot = await network.ReadAsync(ct).ConfigureAwait(false);
        return new NetworkFacts(snapshot.ValidatorHotkey, snapshot.Queues, [.. snapshot.Miners.Select(one => new MinerFacts(
            one.Miner.Uid, one.Miner.Hotkey, one.Miner.Models, one.Miner.Online, one.Score, one.Weight, one.Standing.MedianMilliseconds))]);
    }

    /// <inheritdoc/>
    public async Task<int> CountServingAsync(string model, CancellationToken ct) => (await selector.ListServingAsync(model, ct).ConfigureAwait(false)).Count;

    /// <inheritdoc/>
    public Task<(int? Position, TimeSpan? Expected)> EstimateAsync(JobSnapshot job, CancellationToken ct) => waiting.EstimateAsync(job, ct)!;

    /// <inheritdoc/>
    public Task<IReadOnlyList<string>> SuggestAsync(string model, CancellationToken ct) => suggestions.ForAsync(model, ct);
}
