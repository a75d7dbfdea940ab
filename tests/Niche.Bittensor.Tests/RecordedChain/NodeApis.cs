using Niche.Bittensor.Chain.Metadata;
using Niche.Bittensor.Chain.Values;
using Niche.Bittensor.Scale;
using Niche.Bittensor.Tests.Vectors;

namespace Niche.Bittensor.Tests.RecordedChain;

/// <summary>The runtime APIs that clients of subnets ask, answered from storage in the runtime's own types.</summary>
public static class NodeApis
{
    private static readonly Dictionary<string, string> RuleItems = new()
    {
        ["rho"] = "Rho", ["kappa"] = "Kappa", ["immunity_period"] = "ImmunityPeriod", ["min_allowed_weights"] = "MinAllowedWeights",
        ["max_weights_limit"] = "MaxWeightsLimit", ["tempo"] = "Tempo", ["min_difficulty"] = "MinDifficulty", ["max_difficulty"] = "MaxDifficulty",
        ["weights_version"] = "WeightsVersionKey", ["weights_rate_limit"] = "WeightsSetRateLimit", ["adjustment_interval"] = "AdjustmentInterval",
        ["activity_cutoff"] = "ActivityCutoff", ["target_regs_per_interval"] = "TargetRegistrationsPerInterval", ["min_burn"] = "MinBurn", ["max_burn"] = "MaxBurn",
        ["bonds_moving_avg"] = "BondsMovingAverage", ["max_regs_per_block"] = "MaxRegistrationsPerBlock", ["serving_rate_limit"] = "ServingRateLimit",
        ["max_validators"] = "MaxAllowedValidators", ["adjustment_alpha"] = "AdjustmentAlpha", ["difficulty"] = "Difficulty", ["commit_reveal_period"] = "RevealPeriodEpochs",
        ["commit_reveal_weights_enabled"] = "CommitRevealWeightsEnabled", ["registration_allowed"] = "NetworkRegistrationAllowed",
        ["pow_registration_allowed"] = "NetworkPowRegistrationAllowed", ["liquid_alpha_enabled"] = "LiquidAlphaOn", ["burn"] = "Burn", ["max_uids"] = "MaxAllowedUids",
        ["num_uids"] = "SubnetworkN", ["blocks_since_last_step"] = "BlocksSinceLastStep", ["last_step"] = "LastMechansimStepBlock",
    };

    /// <exception cref="NodeRefusalException">No such function, or arguments that are not its.</exception>
    public static byte[] Call(NodeOptions options, string name, byte[] arguments, NodeBlock at)
    {
        if (name == "Metadata_metadata_at_version") return MetadataAt(options, arguments);
        var (state, types) = (at.State, at.State.Metadata.Types);
        if (state.Metadata.FindApi(name) is not { } method) throw Trap($"Exported method {name} is not found");
        List<ScaleValue> given = [];
        try
        {
            var decoder = new ScaleValueDecoder(types, arguments);
            foreach (var input in method.Inputs) given.Add(decoder.Read(input.Value));
            decoder.ExpectEnd();
        }
        catch (ScaleFormatException)
        {
            throw Trap("Execution aborted due to trap: wasm trap: wasm `unreachable` instruction executed");
        }

        var netuid = given.Count > 0 && given[0] is ScaleValue.Number number ? (ushort)number.Value : (ushort)0;
        var answer = name switch
        {
            "NeuronInfoRuntimeApi_get_neurons_lite" => Uids(state, netuid).Select(uid => Neuron(state, ItemOf(types, method.Output), netuid, uid)).ToArray(),
            "NeuronInfoRuntimeApi_get_neuron_lite" => (int)given[1].AsInteger() is var uid && Uids(state, netuid).Contains(uid) ? Neuron(state, method.Output, netuid, uid) : null,
            "SubnetInfoRuntimeApi_get_subnet_hyperparams" => state.Flag("NetworksAdded", netuid) ? ZeroValues.Fill(types, method.Output, Rules(state, netuid)) : null,
            "SubnetInfoRuntimeApi_get_metagraph" => state.Flag("NetworksAdded", netuid) ? ZeroValues.Fill(types, method.Output, Metagraph(at, netuid)) : (object?)null,
            _ => throw Trap($"{name} is not part of this node"),
        };
        return ScaleValueEncoder.Encode(types, method.Output, answer, name);
    }

    private static byte[] MetadataAt(NodeOptions options, byte[] arguments)
    {
        if (arguments.Length != 4) throw Trap("wrong arguments");
        var version = BitConverter.ToUInt32(arguments);
        var file = version == options.Metadata.Version ? options.MetadataFile : version == 14 ? options.OldMetadataFile : null;
        return file is null ? [0] : new ScaleWriter().WriteBool(true).WriteBytes(VectorFile.SharedBytes(file)).ToArray();
    }

    private static object? Neuron(NodeState state, int type, ushort netuid, int uid)
    {
        var hotkey = state.Hotkey(netuid, uid);
        var coldkey = state.Get(NodeState.Subtensor, "Owner", hotkey);
        var given = new Dictionary<string, object?>
        {
            ["hotkey"] = hotkey, ["coldkey"] = coldkey, ["uid"] = uid, ["netuid"] = netuid,
            ["active"] = state.Flags("Active", netuid)[uid], ["validator_permit"] = state.Flags("ValidatorPermit", netuid)[uid],
            ["last_update"] = state.Numbers("LastUpdate", netuid)[uid], ["incentive"] = state.Numbers("Incentive", netuid)[uid],
            ["stake"] = new object[] { new object?[] { coldkey, state.Number("TotalHotkeyAlpha", hotkey, netuid) } },
        };
        if (state.Get(NodeState.Subtensor, "Axons", netuid, hotkey) is { } axon) given["axon_info"] = axon;
        return ZeroValues.Fill(state.Metadata.Types, type, given);
    }

    private static Dictionary<string, object?> Rules(NodeState state, ushort netuid) =>
        RuleItems.Where(rule => state.Has(rule.Value)).ToDictionary(rule => rule.Key, rule => (object?)state.Get(NodeState.Subtensor, rule.Value, netuid));

    private static Dictionary<string, object?> Metagraph(NodeBlock at, ushort netuid)
    {
        var (state, uids) = (at.State, Uids(at.State, netuid).ToArray());
        var hotkeys = uids.Select(uid => state.Hotkey(netuid, uid)).ToArray();
        var stakes = hotkeys.Select(hotkey => state.Number("TotalHotkeyAlpha", hotkey, netuid)).ToArray();
        var axonType = ((TypeDefinition.Variant)state.Metadata.Types[state.Metadata.GetApi("SubnetInfoRuntimeApi_get_metagraph").Output].Definition).Variants[1].Fields[0].Type;
        var axonItem = ItemOf(state.Metadata.Types, ((TypeDefinition.Composite)state.Metadata.Types[axonType].Definition).Fields.Single(field => field.Name == "axons").Type);
        var graph = Rules(state, netuid);
        graph["netuid"] = netuid;
        graph["block"] = at.Number;
        graph["hotkeys"] = hotkeys;
        graph["coldkeys"] = hotkeys.Select(hotkey => state.Get(NodeState.Subtensor, "Owner", hotkey)).ToArray();
        graph["identities"] = new object?[uids.Length];
        graph["axons"] = hotkeys.Select(hotkey => state.Get(NodeState.Subtensor, "Axons", netuid, hotkey) ?? ZeroValues.Of(state.Metadata.Types, axonItem)).ToArray();
        graph["active"] = state.Flags("Active", netuid).ToArray();
        graph["validator_permit"] = state.Flags("ValidatorPermit", netuid).ToArray();
        graph["last_update"] = state.Numbers("LastUpdate", netuid).ToArray();
        graph["block_at_registration"] = uids.Select(uid => state.Number("BlockAtRegistration", netuid, uid)).ToArray();
        foreach (var (name, item) in new[] { ("incentives", "Incentive"), ("emission", "Emission"), ("dividends", "Dividends"), ("consensus", "Consensus") })
            graph[name] = state.Numbers(item, netuid).ToArray();
        foreach (var name in new[] { "pruning_score", "trust", "rank", "tao_stake" }) graph[name] = new ulong[uids.Length];
        graph["alpha_stake"] = stakes;
        graph["total_stake"] = stakes;
        return graph;
    }

    private static IEnumerable<int> Uids(NodeState state, ushort netuid) => Enumerable.Range(0, (int)state.Number("SubnetworkN", netuid));

    private static int ItemOf(TypeRegistry types, int list) => ((TypeDefinition.Sequence)types[list].Definition).Item;

    private static NodeRefusalException Trap(string why) => new(4003, "Client error", why);
}
