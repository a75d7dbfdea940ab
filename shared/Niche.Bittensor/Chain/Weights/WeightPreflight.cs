using System.Globalization;

namespace Niche.Bittensor.Chain.Weights;

/// <summary>
/// The chain's checks of a weight vector, in its order, made before anything is sent: those of subtensor's <c>set_weights</c>, and of the
/// commit and reveal that end in it.
/// </summary>
public static class WeightPreflight
{
    /// <summary>Everything that speaks against sending the request now; empty when nothing does.</summary>
    public static IReadOnlyList<WeightObjection> Check(WeightRequest request, WeightTerms terms)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(terms);
        return [.. Subnet(request, terms), .. Sender(request, terms), .. Vector(request, terms)];
    }

    private static IEnumerable<WeightObjection> Subnet(WeightRequest request, WeightTerms terms)
    {
        if (request.Netuid == 0) yield return new("CanNotSetRootNetworkWeights", "The root network, subnet 0, has no weights.");
        if (request.Uids.Count != request.Values.Count)
            yield return new("WeightVecNotEqualSize", Words($"There are {request.Uids.Count} uids but {request.Values.Count} values."));
        if (request.Mechanism >= terms.Mechanisms)
        {
            yield return new(
                "MechanismDoesNotExist", Words($"The subnet has {terms.Mechanisms} mechanisms, counted from 0; {request.Mechanism} is none of them."));
        }

        if (request.Uids.Count > terms.Neurons)
        {
            yield return new(
                "UidsLengthExceedUidsInSubNet", Words($"There are {request.Uids.Count} weights, but the subnet has only {terms.Neurons} neurons."));
        }
    }

    private static IEnumerable<WeightObjection> Sender(WeightRequest request, WeightTerms terms)
    {
        if (terms.Uid is not { } uid)
        {
            yield return new("HotKeyNotRegisteredInSubNet", Words($"The hotkey is not registered in subnet {request.Netuid}; register it first."));
            yield break;
        }

        if (terms.Stake < terms.StakeThreshold && !terms.IsOwner)
        {
            yield return new(
                "NotEnoughStakeToSetWeights",
                Words($"The hotkey has {Tao(terms.Stake)} of the {Tao(terms.StakeThreshold)} TAO that weights need; what parents lend is not counted."),
                IsCertain: false);
        }

        if (WaitsUntil(terms) is { } next)
        {
            yield return new(
                terms.Rules.CommitRevealEnabled ? "CommittingWeightsTooFast" : "SettingWeightsTooFast",
                Words($"The last update was in block {terms.LastUpdate}, now it is {terms.Block}; wait until block {next}."));
        }

        if (!terms.Permit && !terms.IsOwner && !IsOnlySelf(request, uid))
        {
            yield return new(
                "NeuronNoValidatorPermit", "The hotkey has no validator permit; the next epoch gives one to the neurons with the most stake.");
        }
    }

    private static IEnumerable<WeightObjection> Vector(WeightRequest request, WeightTerms terms)
    {
        var onlySelf = terms.Uid is { } uid && IsOnlySelf(request, uid);
        var fewest = Math.Min(terms.Rules.MinAllowedWeights, terms.Neurons);
        if (request.Uids.GroupBy(one => one).FirstOrDefault(group => group.Skip(1).Any()) is { } twice)
            yield return new("DuplicateUids", Words($"Uid {twice.Key} appears more than once."));
        foreach (var stranger in request.Uids.Where(one => one >= terms.Neurons).Take(1))
            yield return new("UidVecContainInvalidOne", Words($"Uid {stranger} is no neuron; the subnet has {terms.Neurons}, counted from 0."));
        if (request.Uids.Count < fewest && !onlySelf)
            yield return new("WeightVecLengthIsLow", Words($"There are {request.Uids.Count} weights; the subnet wants at least {fewest}."));
        if (request.Values.Count > 0 && request.Values.Max() == 0)
            yield return new("WeightVecLengthIsLow", "All weights are 0, so that nobody is weighed.");
        if (!onlySelf && !WeightLimits.IsWithinMaximum(request.Values, terms.Rules.MaxWeightsLimit))
        {
            yield return new(
                "MaxWeightExceeded", Words($"One weight is more than {terms.Rules.MaxWeightsLimit / 655.35:0.##} % of all, which is the subnet's limit."));
        }
    }

    // The SDK waits until more blocks than the limit have passed; one block more than the chain asks for.
    private static ulong? WaitsUntil(WeightTerms terms)
    {
        if (terms.LastUpdate == 0) return null;
        var next = (UInt128)terms.LastUpdate + terms.Rules.WeightsRateLimit + 1;
        return terms.Block < next ? (ulong)UInt128.Min(next, ulong.MaxValue) : null;
    }

    private static bool IsOnlySelf(WeightRequest request, ushort uid) => request.Uids is [var only] && only == uid;

    private static string Tao(UInt128 rao) => ((double)rao / 1e9).ToString("0.####", CultureInfo.InvariantCulture);

    private static string Words(FormattableString text) => FormattableString.Invariant(text);
}
