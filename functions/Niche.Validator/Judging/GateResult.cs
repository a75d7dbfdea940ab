using Niche.Subnet.Verification;

namespace Niche.Validator.Judging;

/// <summary>What the gates say of a picture.</summary>
/// <param name="Failure">Set when it must not be delivered.</param>
/// <param name="File">Its bytes and format, when its header was fine.</param>
/// <param name="Features">What was read of it, when it could be decoded.</param>
public sealed record GateResult(Verdict? Failure, ImageFile? File, ImageFeatures? Features);
