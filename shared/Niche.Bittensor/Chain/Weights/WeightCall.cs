namespace Niche.Bittensor.Chain.Weights;

/// <summary>A call of the chain that brings weights on it.</summary>
/// <param name="Name">The call, in pallet SubtensorModule.</param>
/// <param name="Method">What it does.</param>
/// <param name="TakesMechanism">It names the mechanism; others mean mechanism 0.</param>
/// <param name="TakesVersion">It names the form of a timelocked payload.</param>
/// <param name="CarriesHotkey">A timelocked payload of it begins with the hotkey.</param>
/// <param name="RevealsOnce">The chain tries to reveal once, in the block before the epoch in which later runtimes begin to try.</param>
public sealed record WeightCall(
    string Name, WeightMethod Method, bool TakesMechanism, bool TakesVersion = false, bool CarriesHotkey = false, bool RevealsOnce = false)
{
    /// <summary>Every known call, the preferred one of each method first.</summary>
    public static IReadOnlyList<WeightCall> All { get; } =
    [
        new("set_mechanism_weights", WeightMethod.Set, TakesMechanism: true),
        new("set_weights", WeightMethod.Set, TakesMechanism: false),
        new("commit_timelocked_mechanism_weights", WeightMethod.Timelock, TakesMechanism: true, TakesVersion: true, CarriesHotkey: true),
        new("commit_timelocked_weights", WeightMethod.Timelock, TakesMechanism: false, TakesVersion: true, CarriesHotkey: true),
        new("commit_crv3_mechanism_weights", WeightMethod.Timelock, TakesMechanism: true, CarriesHotkey: true),
        new("commit_crv3_weights", WeightMethod.Timelock, TakesMechanism: false, RevealsOnce: true),
        new("commit_mechanism_weights", WeightMethod.Hash, TakesMechanism: true),
        new("commit_weights", WeightMethod.Hash, TakesMechanism: false),
    ];

    /// <summary>The call that reveals what this one committed; null when the chain does that.</summary>
    public string? Reveal => Method == WeightMethod.Hash ? Name.Replace("commit_", "reveal_", StringComparison.Ordinal) : null;
}
