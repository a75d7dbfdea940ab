using Niche.Bittensor.Chain.Values;

namespace Niche.Bittensor.Tests.RecordedChain;

/// <summary>burned_register: a coldkey pays Burn and its hotkey gets the next uid.</summary>
public static class RegistrationCalls
{
    private static readonly string[] PerUid = ["Active", "ValidatorPermit", "Rank", "Trust", "Consensus", "Incentive", "Dividends", "ValidatorTrust", "PruningScores", "Emission"];

    public static string? Register(NodeCall call)
    {
        var (state, netuid, hotkey) = (call.State, call.Netuid, call.Bytes("hotkey"));
        if (netuid == 0) return "RegistrationNotPermittedOnRootSubnet";
        if (!call.HasSubnet) return "SubnetNotExists";
        if (!state.Flag("NetworkRegistrationAllowed", netuid)) return "SubNetRegistrationDisabled";
        if (state.Number("RegistrationsThisBlock", netuid) >= state.Number("MaxRegistrationsPerBlock", netuid)) return "TooManyRegistrationsThisBlock";
        if (IntervalIsFull(call)) return "TooManyRegistrationsThisInterval";
        if (state.Uid(netuid, hotkey) is not null) return "HotKeyAlreadyRegisteredInSubNet";
        var burn = state.Number("Burn", netuid);
        if (state.Free(call.Signer) < burn) return "NotEnoughBalanceToStake";
        var owner = state.Get(NodeState.Subtensor, "Owner", hotkey)!.AsBytes();
        if (owner.Span.ContainsAnyExcept((byte)0) && !owner.Span.SequenceEqual(call.Signer)) return "NonAssociatedColdKey";
        var uid = (ushort)state.Number("SubnetworkN", netuid);
        if (uid >= state.Number("MaxAllowedUids", netuid)) return "NoNeuronIdAvailable";

        state.SetAccount(call.Signer, state.Free(call.Signer) - burn, state.Nonce(call.Signer));
        Append(state, netuid, hotkey, call.Signer, call.Block);
        foreach (var count in new[] { "RegistrationsThisBlock", "RegistrationsThisInterval", "BurnRegistrationsThisInterval" })
            state.Set(count, state.Number(count, netuid) + 1, netuid);
        call.Events.Add(NodeState.Subtensor, "NeuronRegistered", new object[] { netuid, uid, hotkey });
        return null;
    }

    /// <summary>Gives a hotkey the next uid, with all the lists that go by uid.</summary>
    public static ushort Append(NodeState state, ushort netuid, byte[] hotkey, byte[] coldkey, ulong block)
    {
        var uid = (ushort)state.Number("SubnetworkN", netuid);
        state.Set("Keys", hotkey, netuid, uid);
        state.Set("Uids", uid, netuid, hotkey);
        state.Set("BlockAtRegistration", block, netuid, uid);
        state.Set("IsNetworkMember", true, hotkey, netuid);
        state.Set("Owner", coldkey, hotkey);
        state.Set("SubnetworkN", uid + 1, netuid);
        state.Set("LastUpdate", state.Numbers("LastUpdate", netuid).Append(block), netuid);
        foreach (var item in PerUid.Where(state.Has))
        {
            var list = state.Get(NodeState.Subtensor, item, netuid)!.Children();
            var added = item is "Active" or "ValidatorPermit" ? (ScaleValue)new ScaleValue.Boolean(item == "Active") : new ScaleValue.Number(0);
            state.Set(item, list.Append(added), netuid);
        }

        return uid;
    }

    public static bool IntervalIsFull(NodeCall call) =>
        call.State.Number("RegistrationsThisInterval", call.Netuid) >= 3 * call.State.Number("TargetRegistrationsPerInterval", call.Netuid);
}
