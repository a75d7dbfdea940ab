using Niche.Subnet.Verification;

namespace Niche.Validator.Judging;

/// <summary>A reference picture as far as comparison needs it.</summary>
/// <param name="Features">Its features.</param>
/// <param name="ModelDigest">The model that made it.</param>
public sealed record Reference(ImageFeatures Features, string ModelDigest);
