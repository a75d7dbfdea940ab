using Niche.Bittensor.Chain.Values;

namespace Niche.Bittensor.Chain.State;

/// <summary>Reads a subnet's rules from storage, with the defaults that the runtime itself has for what was never set.</summary>
internal static class HyperparametersReader
{
    private const string Pallet = "SubtensorModule";

    private static readonly string[] Items =
    [
        "Tempo", "MinAllowedWeights", "MaxWeightsLimit", "WeightsVersionKey", "WeightsSetRateLimit", "CommitRevealWeightsEnabled", "RevealPeriodEpochs",
        "ServingRateLimit", "ImmunityPeriod", "MaxAllowedUids",
    ];

    public static async Task<SubnetHyperparameters> ReadAsync(ChainState state, ushort netuid, CancellationToken ct)
    {
        await MetagraphReader.RequireSubnetAsync(state, netuid, ct);
        var cutoff = await CutoffAsync(state, netuid, ct);
        return await state.GetManyAsync([.. Items.Select(item => new StorageQuery(Pallet, item, netuid))], values => Read(values, cutoff), ct);
    }

    // Newer runtimes compute it from other items, and tell it in their own summary only.
    private static async Task<ulong> CutoffAsync(ChainState state, ushort netuid, CancellationToken ct) =>
        state.HasItem(Pallet, "ActivityCutoff")
            ? await state.GetManyAsync([new(Pallet, "ActivityCutoff", netuid)], values => values[0]!.U64(), ct)
            : await state.CallApiAsync("SubnetInfoRuntimeApi_get_subnet_hyperparams", [netuid], rules => rules["activity_cutoff"].U64(), ct);

    private static SubnetHyperparameters Read(IReadOnlyList<ScaleValue?> values, ulong cutoff)
    {
        return new SubnetHyperparameters(
            Value("Tempo").U16(),
            Value("MinAllowedWeights").U16(),
            Value("MaxWeightsLimit").U16(),
            Value("WeightsVersionKey").U64(),
            Value("WeightsSetRateLimit").U64(),
            Value("CommitRevealWeightsEnabled").AsBoolean(),
            Value("RevealPeriodEpochs").U64(),
            Value("ServingRateLimit").U64(),
            Value("ImmunityPeriod").U16(),
            cutoff,
            Value("MaxAllowedUids").U16());

        ScaleValue Value(string item) => values[Array.IndexOf(Items, item)]!;
    }
}
