using System.Numerics;
using Niche.Bittensor.Chain.Values;

namespace Niche.Bittensor.Chain.State;

/// <summary>Reads a metagraph at one block: by the runtime's own summary, or item by item where the runtime does not offer or tell it.</summary>
internal static class MetagraphReader
{
    private const string Pallet = "SubtensorModule";
    private const string Summary = "NeuronInfoRuntimeApi_get_neurons_lite";
    private const ushort Root = 0;

    public static async Task<Metagraph> ReadAsync(ChainState state, ushort netuid, CancellationToken ct)
    {
        if (state.HasApi(Summary))
        {
            try
            {
                return await BySummaryAsync(state, netuid, ct);
            }
            catch (SubtensorException fault) when (fault.Error is SubtensorError.Refused or SubtensorError.Unsupported)
            {
                // The runtime tells of the function, but no node would run it: the same facts lie in its storage.
            }
        }

        return await ByStorageAsync(state, netuid, ct);
    }

    public static async Task<Metagraph> BySummaryAsync(ChainState state, ushort netuid, CancellationToken ct)
    {
        var neurons = await state.CallApiAsync(Summary, [netuid], answer => answer.List(Neuron), ct);
        if (neurons.Count == 0) await RequireSubnetAsync(state, netuid, ct);
        for (var uid = 0; uid < neurons.Count; uid++)
            if (neurons[uid].Uid != uid)
                throw new SubtensorException(SubtensorError.Malformed, $"The neurons of subnet {netuid} are not in the order of their uids.");
        var registered = await ByUidAsync(state, "BlockAtRegistration", netuid, neurons.Count, value => value.U64(), ct);
        return new Metagraph(netuid, state.Block.Number, [.. neurons.Select((neuron, uid) => neuron with { RegisteredAtBlock = registered[uid] })]);
    }

    public static async Task<Metagraph> ByStorageAsync(ChainState state, ushort netuid, CancellationToken ct)
    {
        await RequireSubnetAsync(state, netuid, ct);
        var subnet = await state.GetManyAsync(
            [
                new(Pallet, "SubnetworkN", netuid), new(Pallet, "TaoWeight"), new(Pallet, "LastUpdate", netuid), new(Pallet, "ValidatorPermit", netuid),
                new(Pallet, "Active", netuid), new(Pallet, "Incentive", netuid),
            ],
            values => (
                Count: (int)values[0]!.U16(), TaoWeight: values[1]!.AsInteger(), LastUpdate: values[2]!.List(ScaleReading.U64), Permits: values[3]!.List(value => value.AsBoolean()),
                Active: values[4]!.List(value => value.AsBoolean()), Incentive: values[5]!.List(ScaleReading.U16)),
            ct);
        var hotkeys = await ByUidAsync(state, "Keys", netuid, subnet.Count, ScaleReading.Address, ct);
        var registered = await ByUidAsync(state, "BlockAtRegistration", netuid, subnet.Count, value => value.U64(), ct);
        var owned = await state.GetManyAsync(
            [.. hotkeys.SelectMany(hotkey => (StorageQuery[])[
                new(Pallet, "Owner", hotkey), new(Pallet, "Axons", netuid, hotkey), new(Pallet, "TotalHotkeyAlpha", hotkey, netuid), new(Pallet, "TotalHotkeyAlpha", hotkey, Root)])],
            values => hotkeys.Select((hotkey, i) => (
                Coldkey: values[4 * i]!.Address(),
                Axon: values[(4 * i) + 1] is { } axon ? AxonAddress.Read(axon, hotkey) : null,
                Stake: Stake(values[(4 * i) + 2]!, netuid == Root ? BigInteger.Zero : values[(4 * i) + 3]!.AsInteger(), subnet.TaoWeight))).ToArray(),
            ct);
        return new Metagraph(netuid, state.Block.Number, [.. owned.Select((neuron, uid) => new Neuron(
            (ushort)uid, hotkeys[uid], neuron.Coldkey, neuron.Axon, neuron.Stake, subnet.Permits.At(uid), subnet.Active.At(uid),
            subnet.LastUpdate.At(uid), registered[uid], subnet.Incentive.At(uid)))]);
    }

    /// <summary>A subnet that is not there has no neurons; that must not pass for an empty one.</summary>
    public static async Task RequireSubnetAsync(ChainState state, ushort netuid, CancellationToken ct)
    {
        if (!await state.GetManyAsync([new(Pallet, "NetworksAdded", netuid)], values => values[0]!.AsBoolean(), ct))
            throw new SubtensorException(SubtensorError.Unsupported, $"The chain has no subnet {netuid}.");
    }

    private static Task<IReadOnlyList<T>> ByUidAsync<T>(ChainState state, string item, ushort netuid, int count, Func<ScaleValue, T> read, CancellationToken ct) =>
        count == 0
            ? Task.FromResult<IReadOnlyList<T>>([])
            : state.GetManyAsync<IReadOnlyList<T>>([.. Enumerable.Range(0, count).Select(uid => new StorageQuery(Pallet, item, netuid, uid))], values => [.. values.Select(value => read(value!))], ct);

    private static Neuron Neuron(ScaleValue neuron)
    {
        var hotkey = neuron["hotkey"].Address();
        return new Neuron(
            neuron["uid"].U16(),
            hotkey,
            neuron["coldkey"].Address(),
            AxonAddress.Read(neuron["axon_info"], hotkey),
            ScaleReading.Tao(neuron["stake"].Children().Aggregate(BigInteger.Zero, (sum, part) => sum + part[1].AsInteger())),
            neuron["validator_permit"].AsBoolean(),
            neuron["active"].AsBoolean(),
            neuron["last_update"].U64(),
            RegisteredAtBlock: 0,
            neuron["incentive"].U16());
    }

    // Alpha of the subnet, and TAO staked to the root subnet at the weight that the chain gives it.
    private static double Stake(ScaleValue alpha, BigInteger tao, BigInteger taoWeight) => ScaleReading.Tao(alpha.AsInteger() + (tao * taoWeight / ulong.MaxValue));
}
