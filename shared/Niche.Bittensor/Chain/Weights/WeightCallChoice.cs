namespace Niche.Bittensor.Chain.Weights;

/// <summary>Which call brings weights on this chain, and why.</summary>
/// <param name="Call">The call.</param>
/// <param name="Reason">Why this one, in words.</param>
public sealed record WeightCallChoice(WeightCall Call, string Reason)
{
    /// <summary>Chooses from the subnet's rules and from the calls that the runtime has.</summary>
    /// <param name="hasCall">True for a call that the runtime has in pallet SubtensorModule.</param>
    /// <param name="commitReveal">The subnet's weights must be committed.</param>
    /// <param name="mechanism">Calls that name no mechanism serve mechanism 0 only.</param>
    /// <param name="preferred">The way of committing to take where both are there; <see cref="WeightMethod.Set"/> counts as a timelock.</param>
    /// <param name="canHash">False where a hashed commit could not be revealed because nothing keeps its salt.</param>
    /// <exception cref="SubtensorException">The runtime has no call that does it.</exception>
    public static WeightCallChoice Choose(Func<string, bool> hasCall, bool commitReveal, byte mechanism, WeightMethod preferred, bool canHash)
    {
        ArgumentNullException.ThrowIfNull(hasCall);
        WeightMethod[] methods = !commitReveal ? [WeightMethod.Set]
            : preferred == WeightMethod.Hash ? [WeightMethod.Hash, WeightMethod.Timelock]
            : [WeightMethod.Timelock, WeightMethod.Hash];
        foreach (var method in methods.Where(method => canHash || method != WeightMethod.Hash))
        {
            var call = WeightCall.All.FirstOrDefault(one => one.Method == method && (one.TakesMechanism || mechanism == 0) && hasCall(one.Name));
            if (call is not null) return new(call, Explain(call, commitReveal, method == methods[0], preferred));
        }

        throw new SubtensorException(SubtensorError.Unsupported, commitReveal
            ? $"This runtime has no call that commits weights for mechanism {mechanism}{(canHash ? "" : "; a hashed commit needs a store for its salt")}."
            : $"This runtime has no call that sets weights for mechanism {mechanism}.");
    }

    private static string Explain(WeightCall call, bool commitReveal, bool first, WeightMethod preferred)
    {
        var rule = !commitReveal ? "commit-reveal is off, so weights are set openly"
            : call.Method == WeightMethod.Timelock ? "commit-reveal is on, so weights are locked to a drand round and the chain reveals them"
            : "commit-reveal is on, so a salted hash is committed and revealed later";
        var choice = !first ? $"; the runtime has no call for the preferred {(preferred == WeightMethod.Hash ? "hashed" : "timelocked")} commit" : "";
        var form = call.TakesMechanism ? "" : "; the runtime has no form of it that names a mechanism";
        return $"{rule}{choice}{form}";
    }
}
