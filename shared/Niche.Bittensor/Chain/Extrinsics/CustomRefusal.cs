namespace Niche.Bittensor.Chain.Extrinsics;

/// <summary>What subtensor means by <c>Custom error: N</c>, with which it keeps an extrinsic out of its pool.</summary>
/// <param name="Code">N.</param>
/// <param name="Name">What is wrong.</param>
/// <param name="Advice">What to do about it.</param>
public sealed record CustomRefusal(byte Code, string Name, string Advice)
{
    private static readonly CustomRefusal[] Known =
    [
        new(0, "ColdkeySwapAnnounced", "The coldkey has announced a swap; wait until it is done or withdrawn."),
        new(1, "StakeTooLow", "Stake more to the hotkey: at least StakeThreshold for weights."),
        new(2, "BalanceTooLow", "Put more TAO on the coldkey."),
        new(3, "SubnetMissing", "Check the netuid: there is no such subnet."),
        new(4, "HotkeyAccountMissing", "Check the hotkey: the chain has no account for it."),
        new(5, "NotEnoughStakeToWithdraw", "Withdraw less than is staked."),
        new(6, "RateLimitExceeded", "Wait: weights, commits and network registrations are limited per number of blocks (WeightsSetRateLimit)."),
        new(7, "InsufficientLiquidity", "Trade a smaller amount: the subnet's pool is too shallow."),
        new(8, "SlippageTooHigh", "Allow more slippage or trade a smaller amount."),
        new(9, "TransferDisallowed", "The subnet's owner has switched transfers of stake off."),
        new(10, "HotkeyNotRegisteredInNetwork", "Register the hotkey in this subnet first."),
        new(11, "InvalidIpAddress", "Serve an address that others can reach: no loopback, broadcast or reserved one, ip_type 4 or 6."),
        new(12, "ServingRateLimitExceeded", "Wait: an axon may be announced once per ServingRateLimit blocks."),
        new(13, "InvalidPort", "Serve a port from 1 to 65535."),
        new(14, "ZeroMaxAmount", "Raise the amount or the price limit: nothing could be traded within it."),
        new(15, "InvalidRevealRound", "Choose a drand round that the chain has not stored yet."),
        new(16, "CommitNotFound", "Commit before revealing, and reveal exactly what was committed."),
        new(17, "CommitNotInRevealRange", "Reveal in epoch commit + RevealPeriodEpochs, neither earlier nor later."),
        new(18, "InputLengthsUnequal", "Give as many values as uids."),
        new(19, "UidNotFound", "Check the uid against the metagraph."),
        new(20, "EvmKeyAssociateRateLimitExceeded", "Wait before associating another EVM key."),
        new(21, "ColdkeySwapDisputed", "The coldkey's swap is disputed; it has to be resolved first."),
        new(22, "RealAccountInvalid", "Check the account that the proxy acts for."),
        new(23, "ShieldedTransactionInvalid", "Build the shielded transaction anew."),
        new(24, "ShieldedTransactionUnreadable", "Encrypt the shielded transaction for the current key."),
        new(25, "NonAssociatedColdkey", "Sign with the coldkey that owns the hotkey."),
        new(26, "DelegateTakeTooLow", "Raise the take to the chain's minimum."),
        new(27, "DelegateTakeTooHigh", "Lower the take to the chain's maximum."),
        new(255, "BadRequest", "The chain gives no reason; check every argument of the call."),
    ];

    /// <summary>All known codes.</summary>
    public static IReadOnlyList<CustomRefusal> All => Known;

    /// <summary>The meaning of a code; a code of a newer runtime is said to be unknown.</summary>
    public static CustomRefusal Of(byte code) => Array.Find(Known, one => one.Code == code) ?? new(code, $"Custom{code}", "A code of a newer runtime; look it up in subtensor's source.");
}
