using System.Globalization;
using System.Text.RegularExpressions;
using Niche.Bittensor.Chain.Extrinsics;

namespace Niche.Bittensor.Chain.Submission;

/// <summary>Why a node does not take an extrinsic into its pool, by the runtime's own names; read from the words of real nodes and of development nodes.</summary>
internal sealed partial record PoolRefusal(string Name, string? Detail)
{
    private const int TooLowPriority = 1014;
    private const int AlreadyThere = 1013;

    private static readonly (string Words, string Name)[] Known =
    [
        ("is outdated", "Stale"),
        ("valid in the future", "Future"),
        ("bad signature", "BadProof"),
        ("pay some fees", "Payment"),
        ("ancient birth block", "AncientBirthBlock"),
        ("exhaust the block limits", "ExhaustsResources"),
        ("call is not expected", "Call"),
        ("dispatch is mandatory", "BadMandatory"),
        ("mandatory", "MandatoryValidation"),
        ("invalid signing address", "BadSigner"),
    ];

    /// <summary>The same bytes are in the pool already: they count as taken.</summary>
    public bool IsKnown => Name == "AlreadyImported";

    /// <summary>Another extrinsic has the nonce, in a block or in the pool.</summary>
    public bool IsNonceUsed => Name is "Stale" or "PriorityTooLow";

    /// <summary>Nonces before this one are missing.</summary>
    public bool IsNonceEarly => Name == "Future";

    /// <summary>The signature does not fit: also when the runtime has changed since.</summary>
    public bool IsBadProof => Name == "BadProof";

    public static PoolRefusal Read(SubtensorException refused)
    {
        var text = refused.NodeText ?? "";
        if (refused.NodeCode == AlreadyThere) return new("AlreadyImported", null);
        if (refused.NodeCode == TooLowPriority) return new("PriorityTooLow", "Another extrinsic of this key with the same nonce waits already.");
        if (CustomCode().Match(text) is { Success: true } custom
            && byte.TryParse(custom.Groups[1].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var code))
            return new(CustomRefusal.Of(code).Name, CustomRefusal.Of(code).Advice);
        if (VariantName().Match(text) is { Success: true } variant) return new(char.ToUpperInvariant(variant.Groups[1].Value[0]) + variant.Groups[1].Value[1..], null);
        foreach (var (words, name) in Known)
            if (text.Contains(words, StringComparison.OrdinalIgnoreCase))
                return new(name, text);
        return new(refused.NodeCode is { } number ? $"Refused{number.ToString(CultureInfo.InvariantCulture)}" : "Refused", text);
    }

    // "Custom error: 11" on real nodes, {"invalid":{"custom":11}} on chopsticks.
    [GeneratedRegex("""custom(?: error)?"?\s*:\s*(\d{1,3})\b""", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex CustomCode();

    [GeneratedRegex("""\{"(?:invalid|unknown)":\{"([A-Za-z]{2,40})":""", RegexOptions.CultureInvariant)]
    private static partial Regex VariantName();
}
