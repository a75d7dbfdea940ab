namespace Niche.Validator.Configuration;

/// <summary>Settings of the validator, section <c>Validator</c>.</summary>
public sealed class ValidatorOptions
{
    /// <summary>Section name.</summary>
    public const string Section = "Validator";

    /// <summary>The subnet; 23 is NicheImage.</summary>
    public ushort Netuid { get; set; } = 23;

    /// <summary>Secret of the hotkey: mnemonic, 0x-seed or derivation path. From a vault reference in Azure. Never logged.</summary>
    public string HotkeySecret { get; set; } = "";

    /// <summary>Base address of the ledger or chain.</summary>
    public Uri? ChainEndpoint { get; set; }

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
