using System.Collections.Frozen;
using Niche.Bittensor.Chain;
using Niche.Subnet.Capacity;
using Niche.Subnet.Policy;

namespace Niche.Miner.Network;

/// <summary>The subnet as last read, with what follows from it for this miner.</summary>
/// <param name="Block">Block of the reading.</param>
/// <param name="ReadAt">Time of the reading.</param>
/// <param name="Neurons">Every neuron by hotkey.</param>
/// <param name="Shares">Requests per interval by validator hotkey.</param>
public sealed record NetworkSnapshot(
    ulong Block, DateTimeOffset ReadAt, FrozenDictionary<string, Neuron> Neurons, FrozenDictionary<string, int> Shares)
{
    /// <summary>Splits the volume over the validators of a metagraph.</summary>
    public static NetworkSnapshot Create(Metagraph metagraph, int totalVolume, CapacityPolicy policy, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(metagraph);
        ArgumentNullException.ThrowIfNull(policy);
        ValidatorStake[] validators =
            [.. metagraph.Neurons.Where(neuron => neuron.ValidatorPermit).Select(neuron => new ValidatorStake(neuron.Hotkey, neuron.Stake))];
        return new NetworkSnapshot(
            metagraph.Block,
            now,
            metagraph.Neurons.DistinctBy(neuron => neuron.Hotkey).ToFrozenDictionary(neuron => neuron.Hotkey, StringComparer.Ordinal),
            VolumeShares.Split(totalVolume, validators, policy));
    }

    /// <summary>Stake of a hotkey; 0 for a stranger.</summary>
    public double StakeOf(string hotkey) => Neurons.GetValueOrDefault(hotkey)?.Stake ?? 0;

    /// <summary>Shares by uid, as validators read them.</summary>
    public IReadOnlyDictionary<string, int> SharesByUid() => Shares.ToDictionary(
        share => Neurons[share.Key].Uid.ToString(System.Globalization.CultureInfo.InvariantCulture), share => share.Value);
}
