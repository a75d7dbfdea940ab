using Niche.Bittensor.Chain.Values;

namespace Niche.Bittensor.Chain.State;

/// <summary>Reads <c>SubnetInfoRuntimeApi_get_metagraph</c> by the names of its fields.</summary>
internal static class FullMetagraphReader
{
    private static readonly double OneBits = Math.Pow(2, 32); // I96F32

    /// <exception cref="SubtensorException">The chain has no such subnet, or its answer can not be read.</exception>
    public static async Task<FullMetagraph> ReadAsync(ChainState state, ushort netuid, CancellationToken ct) =>
        await state.CallApiAsync("SubnetInfoRuntimeApi_get_metagraph", [netuid], answer => answer is ScaleValue.Optional { Value: { } value } ? Read(value) : null, ct)
            ?? throw new SubtensorException(SubtensorError.Unsupported, $"The chain has no subnet {netuid}.");

    private static FullMetagraph Read(ScaleValue all)
    {
        var hotkeys = all["hotkeys"].List(ScaleReading.Address);
        var coldkeys = all["coldkeys"].List(ScaleReading.Address);
        var axons = all["axons"].Children();
        if (coldkeys.Count != hotkeys.Count || axons.Count != hotkeys.Count) throw new FormatException("hotkeys, coldkeys and axons differ in number");

        var (permits, active) = (Flags("validator_permit"), Flags("active"));
        var (updates, registered, stakes) = (Longs("last_update"), Longs("block_at_registration"), Longs("total_stake"));
        var (incentives, ranks, trusts, consensus, dividends) = (Shares("incentives"), Shares("rank"), Shares("trust"), Shares("consensus"), Shares("dividends"));
        var (emissions, alphas, taos) = (Longs("emission"), Longs("alpha_stake"), Longs("tao_stake"));
        var neurons = hotkeys.Select((hotkey, uid) => new Neuron(
            (ushort)uid, hotkey, coldkeys[uid], AxonAddress.Read(axons[uid], hotkey), ScaleReading.Tao(stakes.At(uid)), permits.At(uid), active.At(uid),
            updates.At(uid), registered.At(uid), incentives.At(uid)));
        var scores = hotkeys.Select((_, uid) => new NeuronScores(
            ranks.At(uid), trusts.At(uid), consensus.At(uid), dividends.At(uid), emissions.At(uid), alphas.At(uid), taos.At(uid)));
        return new FullMetagraph(
            new Metagraph(all["netuid"].U16(), all["block"].U64(), [.. neurons]),
            [.. scores],
            all["name"].Utf8(),
            all["symbol"].Utf8(),
            all["owner_hotkey"].Address(),
            all["owner_coldkey"].Address(),
            all["network_registered_at"].U64(),
            all["tempo"].U16(),
            all["last_step"].U64(),
            all["blocks_since_last_step"].U64(),
            all["burn"].U64(),
            all["registration_allowed"].AsBoolean(),
            (double)all["moving_price"].AsInteger() / OneBits,
            all);

        IReadOnlyList<bool> Flags(string name) => all[name].List(value => value.AsBoolean());
        IReadOnlyList<ushort> Shares(string name) => all[name].List(ScaleReading.U16);
        IReadOnlyList<ulong> Longs(string name) => all[name].List(ScaleReading.U64);
    }
}
