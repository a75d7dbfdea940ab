namespace Niche.Bittensor.Chain.State;

/// <summary>Reads <see cref="EpochStorage"/> in one query.</summary>
internal static class EpochStorageReader
{
    private const string Pallet = "SubtensorModule";

    public static async Task<EpochStorage> ReadAsync(ChainState state, ushort netuid, CancellationToken ct)
    {
        await MetagraphReader.RequireSubnetAsync(state, netuid, ct);
        StorageQuery[] always =
        [
            new(Pallet, "Tempo", netuid), new(Pallet, "BlocksSinceLastStep", netuid), new(Pallet, "RevealPeriodEpochs", netuid),
            new(Pallet, "CommitRevealWeightsEnabled", netuid), new(Pallet, "StakeThreshold"),
        ];
        StorageQuery[] newer =
        [
            new(Pallet, "LastEpochBlock", netuid), new(Pallet, "PendingEpochAt", netuid), new(Pallet, "SubnetEpochIndex", netuid),
            new(Pallet, "CommitRevealWeightsVersion"), new("Drand", "LastStoredRound"),
        ];
        StorageQuery[] asked = [.. always, .. newer.Where(query => state.HasItem(query.Pallet, query.Item))];
        return await state.GetManyAsync(
            asked,
            values =>
            {
                ulong? Number(string item) => Array.FindIndex(asked, query => query.Item == item) is var at and >= 0 ? values[at]!.U64() : null;
                return new EpochStorage(
                    state.Block, checked((ushort)values[0]!.U64()), values[1]!.U64(), Number("LastEpochBlock"), Number("PendingEpochAt"), Number("SubnetEpochIndex"),
                    values[2]!.U64(), values[3]!.AsBoolean(), checked((ushort?)Number("CommitRevealWeightsVersion")), values[4]!.U64(), Number("LastStoredRound"));
            },
            ct);
    }
}
