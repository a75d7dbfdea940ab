using Microsoft.Extensions.Options;
using Niche.Bittensor.Chain;
using Niche.Bittensor.Chain.Weights;

namespace Niche.Validator.Configuration;

/// <summary>Names every missing or impossible setting at once, before anything starts.</summary>
public sealed class ValidatorOptionsCheck : IValidateOptions<ValidatorOptions>
{
    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, ValidatorOptions options)
    {
        List<string> faults = [];
        if (string.IsNullOrWhiteSpace(options.HotkeySecret) && options.HotkeyFile.Length == 0)
        {
            faults.Add("Validator:HotkeySecret is missing: a mnemonic or 0x-seed, from a secret store or the environment (Validator__HotkeySecret); " +
                "or Validator:HotkeyFile, the path of a key file.");
        }

        if (!ChainAddress.TryParse(options.ChainEndpoint, out _)) faults.Add($"Validator:ChainEndpoint is missing or can not be read: {ChainAddress.Form}.");
        if (options.CommitBy is not (WeightMethod.Timelock or WeightMethod.Hash)) faults.Add("Validator:CommitBy must be Timelock or Hash.");
        if (options.ReferenceEndpoint is null) faults.Add("Validator:ReferenceEndpoint is missing: the base address of your own GPU endpoint, such as http://127.0.0.1:10006/.");
        if (options.RoundSeconds is < 0 or > 86_400) faults.Add("Validator:RoundSeconds must be between 0 (the policy's) and 86400.");
        if (options.OrganicAudit is < 0 or > 1) faults.Add("Validator:OrganicAudit must be between 0 and 1.");
        if (options.MaxWaitingUnits is < 1 or > 100_000) faults.Add("Validator:MaxWaitingUnits must be between 1 and 100000.");
        if (options.DirectRunners is < 1 or > 256) faults.Add("Validator:DirectRunners must be between 1 and 256.");
        if (options.MaxSyntheticPerMiner < 1) faults.Add("Validator:MaxSyntheticPerMiner must be at least 1.");
        if (options.RetentionDays < 1) faults.Add("Validator:RetentionDays must be at least 1.");
        if (options.PolicyFile.Length > 0 && options.PolicyKey.Length != 64)
            faults.Add("Validator:PolicyKey must hold the 64 hex digits of the Ed25519 key that Validator:PolicyFile is signed with.");
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }
}
