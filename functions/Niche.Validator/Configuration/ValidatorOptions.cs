using Niche.Bittensor.Chain;
using Niche.Bittensor.Chain.Weights;

namespace Niche.Validator.Configuration;

/// <summary>Settings of the validator, section <c>Validator</c>.</summary>
public sealed class ValidatorOptions
{
    /// <summary>Section name.</summary>
    public const string Section = "Validator";

    /// <summary>The subnet; 23 is NicheImage.</summary>
    public ushort Netuid { get; set; } = 23;

    /// <summary>
    /// Secret of the hotkey: mnemonic, 0x-seed, derivation path, or the content of a btwallet key file. From a vault reference in Azure. Never logged.
    /// </summary>
    public string HotkeySecret { get; set; } = "";

    /// <summary>File with the hotkey's secret, in any form that <see cref="HotkeySecret"/> takes; read when that is empty.</summary>
    public string HotkeyFile { get; set; } = "";

    /// <summary>Password of an encrypted key file; from the environment or a vault reference. Never logged.</summary>
    public string HotkeyPassword { get; set; } = "";

    /// <summary>
    /// The chain: nodes of Subtensor, the preferred one first and separated by ';', or the http address of a ledger. See <see cref="ChainAddress"/>.
    /// </summary>
    public string ChainEndpoint { get; set; } = "";

    /// <summary>How weights are committed on a subnet with commit-reveal: <c>Timelock</c>, or <c>Hash</c> with a reveal of our own.</summary>
    public WeightMethod CommitBy { get; set; } = WeightMethod.Timelock;

    /// <summary>Base address of the validator's own trusted GPU endpoint.</summary>
    public Uri? ReferenceEndpoint { get; set; }

    /// <summary>File of a signed policy; empty takes the built-in one.</summary>
    public string PolicyFile { get; set; } = "";

    /// <summary>Ed25519 public key (hex) that a policy file must be signed with.</summary>
    public string PolicyKey { get; set; } = "";

    /// <summary>Seconds of one round; 0 takes the policy's interval.</summary>
    public int RoundSeconds { get; set; }

    /// <summary>Part of organic pictures judged against the reference before delivery, 0 to 1; null takes the policy's.</summary>
    public double? OrganicAudit { get; set; }

    /// <summary>Most units that may wait before new jobs are refused with 429.</summary>
    public int MaxWaitingUnits { get; set; } = 1000;

    /// <summary>Organic units that this instance runs at once beside the queue pump's own.</summary>
    public int DirectRunners { get; set; } = 8;

    /// <summary>True when no other process works on the same storage: what a dead predecessor had leased is taken over at once.</summary>
    public bool SoleInstance { get; set; }

    /// <summary>Most synthetic requests per miner, model and round; keeps a small reference endpoint from drowning.</summary>
    public int MaxSyntheticPerMiner { get; set; } = 256;

    /// <summary>Days that pictures and job rows are kept; receipts and verdicts stay.</summary>
    public int RetentionDays { get; set; } = 7;
}
