using Niche.Bittensor.Axon;
using Niche.Miner.Admission;
using Niche.Miner.Endpoints;
using Niche.Miner.Network;
using Niche.Subnet.Capacity;
using Niche.Subnet.Synapses;

namespace Niche.Miner.Serving;

/// <summary>Answers <see cref="Information"/>: the reference's fields and our additive ones, as they are at this moment.</summary>
internal sealed class InformationHandler(EndpointPool pool, MetagraphWatch network, FairGate gate, MinerOptions options)
{
    public Task<AxonReply<Information>> HandleAsync(Information synapse, AxonCaller caller, CancellationToken ct)
    {
        var models = pool.Models;
        return Task.FromResult(models.Count == 0
            ? AxonReply.Failure<Information>(503, "No model endpoint has answered yet.", TimeSpan.FromSeconds(2))
            : AxonReply.Success(synapse with { ResponseDict = JsonObjects.From(Describe(models)) }));
    }

    private Dictionary<string, object?> Describe(IReadOnlyList<EndpointModel> models) => new()
    {
        ["model_name"] = models[0].Name,
        ["total_volume"] = VolumeShares.Clamp(options.TotalVolume, options.Policy.Capacity),
        ["size_preference_factor"] = options.Policy.Capacity.SizePreferenceFactor,
        ["min_stake"] = (long)options.Policy.Capacity.MinStake,
        ["volume_per_validator"] = network.Current?.SharesByUid(),
        ["device_info"] = new { gpu_device_name = options.DeviceName, gpu_device_count = options.DeviceCount },
        ["is_layer_zero"] = false,
        ["is_layer_one"] = false,
        ["models"] = models.Select(model => model.Name).ToArray(),
        ["model_digest"] = models[0].Digest,
        ["free_share"] = gate.FreeShare,
    };
}
