using System.Net;
using System.Text.Json;
using Niche.Bittensor.Chain.Weights;
using Niche.Bittensor.Synapses;

namespace Niche.Bittensor.Chain.Ledger;

/// <summary>
/// What a call does to the book, or the chain's name for why it does nothing. Checks come in the chain's order
/// (subtensor <c>set_weights</c>, <c>serve_axon</c>).
/// </summary>
internal static class LedgerRules
{
    public static (LedgerBook? Next, string? Error) Apply(LedgerBook book, LedgerExtrinsic call, ulong block)
    {
        if (!book.Subnets.TryGetValue(call.Netuid, out var subnet)) return (null, "SubnetNotExists");
        try
        {
            var (next, error) = call.Call switch
            {
                "register" => Register(subnet, call.Hotkey, Arguments<RegisterArguments>(call), block),
                "serve_axon" => ServeAxon(subnet, call.Hotkey, Arguments<ServeAxonArguments>(call), block),
                "set_weights" => SetWeights(subnet, call.Hotkey, Arguments<SetWeightsArguments>(call), block),
                "commit_weights" => LedgerCommitRules.Commit(subnet, call.Hotkey, Arguments<CommitWeightsArguments>(call), block),
                "reveal_weights" => LedgerCommitRules.Reveal(subnet, call.Netuid, call.Hotkey, Arguments<RevealWeightsArguments>(call), block),
                _ => (null, "CallNotFound"),
            };
            return next is null ? (null, error) : (book with { Subnets = book.Subnets.SetItem(call.Netuid, next) }, null);
        }
        catch (JsonException)
        {
            return (null, "InvalidArguments");
        }
    }

    /// <summary>Incentive per uid: stake-weighted mean of the row-normalised weights, as a share of 65535.</summary>
    public static ushort[] Incentives(LedgerSubnet subnet)
    {
        var shares = new double[subnet.Neurons.Count];
        foreach (var neuron in subnet.Neurons)
        {
            if (neuron is not { ValidatorPermit: true, Stake: > 0, Weights: { } weights }) continue;
            var sum = weights.Values.Sum(value => (double)value);
            for (var i = 0; i < weights.Uids.Count; i++) shares[weights.Uids[i]] += neuron.Stake * weights.Values[i] / sum;
        }

        var total = shares.Sum();
        return total > 0
            ? Array.ConvertAll(shares, share => (ushort)Math.Round(share / total * ushort.MaxValue, MidpointRounding.ToEven))
            : new ushort[shares.Length];
    }

    private static T Arguments<T>(LedgerExtrinsic call) =>
        call.Args.Deserialize<T>(SynapseJson.Options) ?? throw new JsonException("The arguments are null.");

    private static (LedgerSubnet?, string?) Register(LedgerSubnet subnet, string hotkey, RegisterArguments args, ulong block)
    {
        if (!double.IsFinite(args.Stake) || args.Stake < 0) return (null, "InvalidArguments");
        if (subnet.Find(hotkey) is { } known)
            return (subnet.With(known with { Stake = args.Stake, ValidatorPermit = args.ValidatorPermit }), null);
        if (subnet.Neurons.Count >= subnet.Rules.MaxUids) return (null, "NoNeuronIdAvailable");

        var neuron = new LedgerNeuron(
            (ushort)subnet.Neurons.Count, hotkey, hotkey, args.Stake, args.ValidatorPermit, block, block, null, 0, null);
        return (subnet with { Neurons = subnet.Neurons.Add(neuron) }, null);
    }

    private static (LedgerSubnet?, string?) ServeAxon(LedgerSubnet subnet, string hotkey, ServeAxonArguments args, ulong block)
    {
        if (subnet.Find(hotkey) is not { } neuron) return (null, "HotKeyNotRegisteredInNetwork");
        if (!IPAddress.TryParse(args.Ip, out var ip)) return (null, "InvalidIpAddress");
        if (args.Port is < 1 or > ushort.MaxValue) return (null, "InvalidPort");
        if (neuron.Axon is not null && block - neuron.AxonBlock < subnet.Rules.ServingRateLimit) return (null, "ServingRateLimitExceeded");
        return (subnet.With(neuron with { Axon = new AxonEndpoint(ip.ToString(), args.Port, hotkey), AxonBlock = block }), null);
    }

    /// <summary>True when the last update is too new for another one.</summary>
    public static bool IsTooSoon(LedgerSubnet subnet, LedgerNeuron neuron, ulong block) =>
        neuron.LastUpdate != 0 && block - neuron.LastUpdate < subnet.Rules.WeightsRateLimit;

    /// <summary>Checks a vector and keeps it.</summary>
    public static (LedgerSubnet?, string?) Store(
        LedgerSubnet subnet, LedgerNeuron neuron, IReadOnlyList<ushort> uids, IReadOnlyList<ushort> values, ulong versionKey, ulong block)
    {
        var rules = subnet.Rules;
        var count = subnet.Neurons.Count;
        if (uids.Count != values.Count) return (null, "WeightVecNotEqualSize");
        if (rules.WeightsVersionKey != 0 && versionKey < rules.WeightsVersionKey) return (null, "IncorrectWeightVersionKey");
        var onlySelf = uids.Count == 1 && uids[0] == neuron.Uid;
        if (!neuron.ValidatorPermit && !onlySelf) return (null, "NeuronNoValidatorPermit");
        if (uids.Distinct().Count() != uids.Count) return (null, "DuplicateUids");
        if (uids.Any(uid => uid >= count)) return (null, "UidVecContainInvalidOne");
        if (uids.Count < Math.Min(rules.MinAllowedWeights, count) && !onlySelf) return (null, "WeightVecLengthIsLow");
        if (values.Count == 0 || values.Max() == 0) return (null, "WeightVecLengthIsLow");
        if (!onlySelf && !WeightLimits.IsWithinMaximum(values, rules.MaxWeightsLimit)) return (null, "MaxWeightExceeded");
        var weights = new LedgerWeights(neuron.Hotkey, block, [.. uids], [.. WeightLimits.Upscale(values)]);
        return (subnet.With(neuron with { LastUpdate = block, Weights = weights }), null);
    }

    private static (LedgerSubnet?, string?) SetWeights(LedgerSubnet subnet, string hotkey, SetWeightsArguments args, ulong block)
    {
        if (subnet.Rules.CommitRevealEnabled) return (null, "CommitRevealEnabled");
        if (args.Uids.Count != args.Values.Count) return (null, "WeightVecNotEqualSize");
        if (args.Uids.Count > subnet.Neurons.Count) return (null, "UidsLengthExceedUidsInSubNet");
        if (subnet.Find(hotkey) is not { } neuron) return (null, "HotKeyNotRegisteredInSubNet");
        if (subnet.Rules.WeightsVersionKey != 0 && args.VersionKey < subnet.Rules.WeightsVersionKey) return (null, "IncorrectWeightVersionKey");
        return IsTooSoon(subnet, neuron, block) ? (null, "SettingWeightsTooFast") : Store(subnet, neuron, args.Uids, args.Values, args.VersionKey, block);
    }
}
