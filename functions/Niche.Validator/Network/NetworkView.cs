using Niche.Bittensor.Chain;
using Niche.Bittensor.Keys;
using Niche.Storage;
using Niche.Storage.Jobs;
using Niche.Subnet.Policy;
using Niche.Subnet.Weights;
using Niche.Validator.Judging;
using Niche.Validator.Synthetic;
using Niche.Validator.Weights;

namespace Niche.Validator.Network;

/// <summary>Reads the state of the subnet as this validator sees it.</summary>
public sealed class NetworkView(
    MetagraphStore metagraphs, MinerStore miners, StandingStore standings, RoundStore rounds, WeightStore weights, IQueueStore queues,
    SubnetPolicy policy, Keypair hotkey)
{
    /// <summary>One reading.</summary>
    public async Task<NetworkSnapshot> ReadAsync(CancellationToken ct)
    {
        Metagraph? metagraph = await metagraphs.GetAsync(ct).ConfigureAwait(false);
        WeightReceipt? vector = await weights.GetLastSetAsync(ct).ConfigureAwait(false);
        List<MinerStanding> all = [];
        foreach (MinerRecord miner in (await miners.ListAsync(ct).ConfigureAwait(false)).OrderBy(miner => miner.Uid))
        {
            Standing standing = await standings.GetAsync(miner.Model ?? policy.Models[0].Name, miner.Hotkey, ct).ConfigureAwait(false);
            double? score = standing.Score.Rewards.Length == 0 ? null : standing.Score.Mean(policy.Scoring);
            double weight = vector?.Entries.FirstOrDefault(entry => entry.Hotkey == miner.Hotkey)?.Weight ?? 0;
            all.Add(new MinerStanding(miner, standing, score, weight));
        }

        Dictionary<string, long> lengths = new(StringComparer.Ordinal);
        foreach (string queue in WorkNames.Queues) lengths[queue] = await queues.CountAsync(queue, ct).ConfigureAwait(false);
        return new NetworkSnapshot(
            metagraph?.Block, hotkey.Address, metagraph?.FindByHotkey(hotkey.Address)?.Uid,
            await rounds.GetNewestAsync(ct).ConfigureAwait(false), lengths, all);
    }
}
