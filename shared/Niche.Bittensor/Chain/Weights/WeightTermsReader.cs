using System.Numerics;
using Niche.Bittensor.Chain.Epochs;
using Niche.Bittensor.Chain.State;

namespace Niche.Bittensor.Chain.Weights;

/// <summary>Reads from one block what the chain says about weights of a hotkey.</summary>
internal static class WeightTermsReader
{
    private const string Pallet = "SubtensorModule";
    private const ushort Root = 0;

    /// <exception cref="SubtensorException">No such subnet, or no node gave an answer that can be read.</exception>
    public static async Task<WeightTerms> ReadAsync(ChainState state, ushort netuid, byte mechanism, ReadOnlyMemory<byte> publicKey, CancellationToken ct)
    {
        var index = WeightRequest.IndexOf(netuid, mechanism);
        var rules = await HyperparametersReader.ReadAsync(state, netuid, ct);
        var stored = await EpochStorageReader.ReadAsync(state, netuid, ct);
        var counted = state.HasItem(Pallet, "MechanismCountCurrent");
        List<StorageQuery> asked =
        [
            new(Pallet, "SubnetworkN", netuid), new(Pallet, "Uids", netuid, publicKey), new(Pallet, "LastUpdate", index),
            new(Pallet, "ValidatorPermit", netuid), new(Pallet, "SubnetOwnerHotkey", netuid), new(Pallet, "TotalHotkeyAlpha", publicKey, netuid), new(Pallet, "TotalHotkeyAlpha", publicKey, Root),
            new(Pallet, "TaoWeight"), new("Timestamp", "Now"),
        ];
        if (counted) asked.Add(new(Pallet, "MechanismCountCurrent", netuid));
        return await state.GetManyAsync(
            asked,
            values =>
            {
                ushort? uid = values[1] is { } found ? found.U16() : null;
                return new WeightTerms
                {
                    Block = state.Block.Number,
                    Time = DateTimeOffset.FromUnixTimeMilliseconds(checked((long)values[8]!.U64())),
                    Rules = rules,
                    Neurons = values[0]!.U16(),
                    Mechanisms = counted ? checked((byte)values[9]!.U16()) : (byte)1,
                    Uid = uid,
                    Permit = uid is { } at && values[3]!.List(permit => permit.AsBoolean()).At(at),
                    IsOwner = values[4] is { } owner && owner.AsBytes().Span.SequenceEqual(publicKey.Span),
                    LastUpdate = uid is { } place ? values[2]!.List(ScaleReading.U64).At(place) : 0,
                    Stake = Stake(values[5]!.AsInteger(), netuid == Root ? 0 : values[6]!.AsInteger(), values[7]!.AsInteger()),
                    StakeThreshold = stored.StakeThresholdRao,
                    CommitRevealVersion = stored.CommitRevealWeightsVersion ?? 4,
                    Epochs = Schedule(stored, index),
                    LastDrandRound = stored.LastStoredRound ?? 0,
                };
            },
            ct);
    }

    /// <summary>The subnet's epochs; null when it has none.</summary>
    public static EpochSchedule? Schedule(EpochStorage stored, ushort storageIndex) =>
        stored.Tempo == 0 ? null
        : stored.LastEpochBlock is { } last ? new AnchoredEpochs(last, stored.PendingEpochAt ?? 0, stored.SubnetEpochIndex ?? 0, stored.Tempo)
        : new CountedEpochs(storageIndex, stored.Tempo);

    /// <summary>The hotkey's hashed commits that the chain keeps.</summary>
    public static Task<IReadOnlyList<ChainCommit>> CommitsAsync(ChainState state, ushort storageIndex, string hotkey, CancellationToken ct) =>
        state.GetManyAsync<IReadOnlyList<ChainCommit>>(
            [new(Pallet, "WeightCommits", storageIndex, hotkey)],
            values => values[0] is { } list
                ? list.List(commit => new ChainCommit("0x" + Convert.ToHexStringLower(commit[0].AsBytes().Span), commit[1].U64()))
                : [],
            ct);

    private static UInt128 Stake(BigInteger alpha, BigInteger tao, BigInteger taoWeight) => (UInt128)(alpha + (tao * taoWeight / ulong.MaxValue));
}
