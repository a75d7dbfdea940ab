using Microsoft.Extensions.Logging;
using Niche.Bittensor.Chain;
using Niche.Bittensor.Dendrite;
using Niche.Bittensor.Keys;
using Niche.Subnet.Capacity;
using Niche.Subnet.Errors;
using Niche.Subnet.Policy;
using Niche.Subnet.Synapses;
using Niche.Validator.Judging;
using Niche.Validator.Miners;

namespace Niche.Validator.Network;

/// <summary>Asks every miner on the metagraph what it serves and how much, and works out this validator's share. One odd miner harms nobody else.</summary>
public sealed class CapacityRefresh(
    MetagraphStore metagraphs, MinerStore miners, MinerClient client, StandingStore standings, SubnetPolicy policy, Keypair hotkey,
    TimeProvider time, ILogger<CapacityRefresh> log)
{
    private const int MaxParallel = 64;
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    /// <summary>One refresh.</summary>
    public async Task RunAsync(CancellationToken ct)
    {
        if (await metagraphs.GetAsync(ct).ConfigureAwait(false) is not { } metagraph)
        {
            log.LogInformation("No metagraph yet: nothing to ask.");
            return;
        }

        Neuron[] serving = [.. metagraph.Neurons.Where(neuron => neuron.Axon is not null && neuron.Hotkey != hotkey.Address)];
        Dictionary<string, MinerRecord> known = (await miners.ListAsync(ct).ConfigureAwait(false)).ToDictionary(miner => miner.Hotkey, StringComparer.Ordinal);
        ParallelOptions parallel = new() { MaxDegreeOfParallelism = MaxParallel, CancellationToken = ct };
        await Parallel.ForEachAsync(serving, parallel, async (neuron, token) =>
        {
            MinerRecord now = await AskAsync(neuron, metagraph, known.GetValueOrDefault(neuron.Hotkey), token).ConfigureAwait(false);
            await miners.SetAsync(now, token).ConfigureAwait(false);
            foreach (string dropped in known.GetValueOrDefault(neuron.Hotkey)?.Models.Except(now.Models) ?? [])
                await standings.ForgetAsync(neuron.Hotkey, dropped, token).ConfigureAwait(false);
        }).ConfigureAwait(false);
    }

    private async Task<MinerRecord> AskAsync(Neuron neuron, Metagraph metagraph, MinerRecord? before, CancellationToken ct)
    {
        AxonEndpoint axon = neuron.Axon!;
        SynapseResult<Information> answer = await client.InformAsync(axon, Timeout, ct).ConfigureAwait(false);
        if (!answer.IsSuccess) return Offline(neuron, before, answer.StatusMessage);
        Result<MinerInformation> information = MinerInformation.Parse(answer.Response!.ResponseDict);
        if (!information.IsSuccess) return Offline(neuron, before, information.Errors[0].Detail);

        // Pointing us at another address would let a miner aim our requests at anybody: not followed, see SECURITY.md.
        if (information.Value.IsLayerZero) return Offline(neuron, before, "Layered axons are not followed.");
        int volume = VolumeShares.Clamp(information.Value.TotalVolume, policy.Capacity);
        return new MinerRecord(
            neuron.Hotkey, neuron.Uid, axon.Ip, axon.Port, information.Value.ModelName, volume, OwnShare(metagraph, volume), true, time.GetUtcNow(), null)
        { Models = information.Value.Models };
    }

    private int OwnShare(Metagraph metagraph, int volume)
    {
        ValidatorStake[] validators = [.. metagraph.Neurons.Where(neuron => neuron.ValidatorPermit)
            .Select(neuron => new ValidatorStake(neuron.Hotkey, neuron.Stake))];
        return VolumeShares.Split(volume, validators, policy.Capacity).GetValueOrDefault(hotkey.Address);
    }

    private static MinerRecord Offline(Neuron neuron, MinerRecord? before, string fault) => new(
        neuron.Hotkey, neuron.Uid, neuron.Axon!.Ip, neuron.Axon.Port, before?.Model, before?.TotalVolume ?? 0, before?.Share ?? 0, false,
        before?.SeenAt, fault.Length > 200 ? fault[..200] : fault)
    { Models = before?.Models ?? [] };
}
