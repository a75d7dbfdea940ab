using Niche.Bittensor.Chain.Values;

namespace Niche.Bittensor.Tests.RecordedChain;

/// <summary>The runtime's checks of a weight vector, in its order, and how it stores one.</summary>
public static class WeightRules
{
    /// <summary>The error of the runtime, or null after the weights were stored.</summary>
    /// <param name="call">A call with netuid, signer and perhaps mechanism.</param>
    /// <param name="uids">Whom.</param>
    /// <param name="values">How much.</param>
    /// <param name="versionKey">The subnet's version that the validator runs.</param>
    /// <param name="revealed">True for revealed commits, which were rate-limited when they were committed.</param>
    public static string? Store(NodeCall call, ushort[] uids, ushort[] values, ulong versionKey, bool revealed)
    {
        var (state, netuid) = (call.State, call.Netuid);
        if (netuid == 0) return "CanNotSetRootNetworkWeights";
        if (uids.Length != values.Length) return "WeightVecNotEqualSize";
        if (!call.HasSubnet) return "SubnetNotExists";
        if (state.Has("MechanismCountCurrent") && call.Mechanism >= state.Number("MechanismCountCurrent", netuid)) return "MechanismDoesNotExist";
        var count = (int)state.Number("SubnetworkN", netuid);
        if (uids.Length > count) return "UidsLengthExceedUidsInSubNet";
        if (call.SignerUid is not { } uid) return "HotKeyNotRegisteredInSubNet";
        if (!call.HasStakeForWeights) return "NotEnoughStakeToSetWeights";
        var version = state.Number("WeightsVersionKey", netuid);
        if (version != 0 && versionKey < version) return "IncorrectWeightVersionKey";
        if (!revealed && TooFast(call)) return "SettingWeightsTooFast";
        var onlySelf = uids.Length == 1 && uids[0] == uid;
        if (!onlySelf && !At(state.Flags("ValidatorPermit", netuid), uid)) return "NeuronNoValidatorPermit";
        if (uids.Distinct().Count() != uids.Length) return "DuplicateUids";
        if (uids.Any(one => one >= count)) return "UidVecContainInvalidOne";
        if (!onlySelf && uids.Length < Math.Min((int)state.Number("MinAllowedWeights", netuid), count)) return "WeightVecLengthIsLow";

        var max = values.Length == 0 ? 0 : values.Max();
        if (!onlySelf && max > 0 && max > values.Sum(value => (double)value) * state.Number("MaxWeightsLimit", netuid) / ushort.MaxValue) return "MaxWeightExceeded";

        // The largest becomes 65535; 1 beside 2 was seen to become 32768, so it rounds.
        var scaled = values.Select(value => max == 0 ? 0 : (int)((((long)value * ushort.MaxValue * 2) + max) / (2L * max)));
        state.Set("Weights", uids.Zip(scaled, (one, value) => (object)new object[] { one, value }).ToArray(), call.StorageIndex, uid);
        if (!revealed) MarkUpdate(call, uid);
        call.Events.Add(NodeState.Subtensor, "WeightsSet", new object[] { call.StorageIndex, uid });
        return null;
    }

    /// <summary>Weights and commits share one limit; registration counts too.</summary>
    public static bool TooFast(NodeCall call)
    {
        if (call.SignerUid is not { } uid) return false;
        var updates = call.State.Numbers("LastUpdate", call.StorageIndex);
        var last = uid < updates.Count ? updates[uid] : 0;
        return last != 0 && call.Block - last < call.State.Number("WeightsSetRateLimit", call.Netuid);
    }

    public static void MarkUpdate(NodeCall call, ushort uid)
    {
        var updates = call.State.Numbers("LastUpdate", call.StorageIndex);
        while (updates.Count <= uid) updates.Add(0);
        updates[uid] = call.Block;
        call.State.Set("LastUpdate", updates, call.StorageIndex);
    }

    public static string? Set(NodeCall call) => call.State.Flag("CommitRevealWeightsEnabled", call.Netuid)
        ? "CommitRevealEnabled"
        : Store(call, call.Words("dests"), call.Words("weights"), call.Number("version_key"), revealed: false);

    private static bool At(List<bool> flags, int index) => index < flags.Count && flags[index];
}
