using System.Diagnostics.CodeAnalysis;

namespace Niche.Subnet.Verification;

/// <summary>A file that may be looked at further, or the verdict why not; exactly one of them.</summary>
/// <param name="Verdict">Set when refused.</param>
/// <param name="File">Set when passed.</param>
public sealed record ImageGateResult(Verdict? Verdict, ImageFile? File)
{
    /// <summary>True when the picture passed.</summary>
    [MemberNotNullWhen(true, nameof(File))]
    [MemberNotNullWhen(false, nameof(Verdict))]
    public bool Passed => File is not null;
}
