using Niche.Bittensor.Chain.Extrinsics;

namespace Niche.Bittensor.Tests.RecordedChain;

/// <summary>Carries out calls and what happens at the start of a block.</summary>
public static class NodeRuntime
{
    /// <summary>What a call costs that is not free, in rao.</summary>
    public const ulong Fee = 137_047;

    private static readonly string[] Free =
    [
        "set_weights", "set_mechanism_weights", "commit_weights", "commit_mechanism_weights", "reveal_weights", "reveal_mechanism_weights", "commit_crv3_weights",
        "commit_crv3_mechanism_weights", "commit_timelocked_weights", "commit_timelocked_mechanism_weights", "serve_axon",
    ];

    public static bool PaysFee(DecodedCall call) => !(call.Pallet == NodeState.Subtensor && Free.Contains(call.Name));

    /// <summary>The error as <c>Pallet.Name</c> or another kind; null when the call did what it should.</summary>
    public static string? Dispatch(NodeCall call)
    {
        switch (call.Call)
        {
            case { Pallet: "System", Name: "remark" }: return null;
            case { Pallet: "Balances", Name: "transfer_keep_alive" or "transfer_allow_death" }: return BalanceCalls.Transfer(call);
            case { Pallet: not NodeState.Subtensor }: return "BadOrigin";
        }

        var error = call.Call.Name switch
        {
            "set_weights" or "set_mechanism_weights" => WeightRules.Set(call),
            "commit_weights" or "commit_mechanism_weights" => CommitCalls.Commit(call),
            "reveal_weights" or "reveal_mechanism_weights" => CommitCalls.Reveal(call),
            "commit_crv3_weights" or "commit_crv3_mechanism_weights" or "commit_timelocked_weights" or "commit_timelocked_mechanism_weights" => TimelockCalls.Commit(call),
            "serve_axon" => ServingCalls.Serve(call),
            "burned_register" => RegistrationCalls.Register(call),
            _ => "",
        };
        return error switch
        {
            null => null,
            "" => "BadOrigin",
            _ => $"{NodeState.Subtensor}.{error}",
        };
    }

    public static void StartBlock(NodeState state, NodeEvents events, ulong block)
    {
        state.Set("System", "Number", block);
        foreach (var netuid in state.Subnets())
        {
            state.Set("RegistrationsThisBlock", 0, netuid);
            TimelockCalls.RevealDue(state, events, netuid, block);
            if (NodeEpochs.RunsAt(state, netuid, block)) RunEpoch(state, netuid, block);
            else state.Set("BlocksSinceLastStep", state.Number("BlocksSinceLastStep", netuid) + 1, netuid);
        }
    }

    // Permits go to all who have stake, up to the number of validators allowed; incentives are not computed here.
    private static void RunEpoch(NodeState state, ushort netuid, ulong block)
    {
        state.Set("BlocksSinceLastStep", 0, netuid);
        state.Set("LastMechansimStepBlock", block, netuid);
        state.Set("RegistrationsThisInterval", 0, netuid);
        var count = (int)state.Number("SubnetworkN", netuid);
        var stakes = Enumerable.Range(0, count).Select(uid => (Uid: uid, Stake: state.Number("TotalHotkeyAlpha", state.Hotkey(netuid, uid), netuid)));
        var permitted = stakes.Where(one => one.Stake > 0 && one.Stake >= state.Number("StakeThreshold")).OrderByDescending(one => one.Stake)
            .Take((int)state.Number("MaxAllowedValidators", netuid)).Select(one => one.Uid).ToHashSet();
        state.Set("ValidatorPermit", Enumerable.Range(0, count).Select(permitted.Contains).ToArray(), netuid);
    }
}
