using Niche.Subnet.Verification;

namespace Niche.Validator.Judging;

/// <summary>What the gates say of a picture.</summary>
/// <param name="Failure">Set when it must not be delivered without a comparison.</param>
/// <param name="File">Its bytes and format, when its header was fine.</param>
/// <param name="Features">What was read of it, when it could be decoded.</param>
public sealed record GateResult(Verdict? Failure, ImageFile? File, ImageFeatures? Features)
{
    /// <summary>
    /// The failure that ends the matter. A picture unlike its prompt is a doubt, not a proof: the model may not know the words, and the
    /// comparison with the reference decides.
    /// </summary>
    public Verdict? Final => Failure is { ReasonCode: not ReasonCodes.PromptIgnored } ? Failure : null;
}
