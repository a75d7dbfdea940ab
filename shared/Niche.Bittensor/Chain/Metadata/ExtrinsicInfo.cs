namespace Niche.Bittensor.Chain.Metadata;

/// <summary>What extrinsics of a runtime look like.</summary>
/// <param name="Versions">Format versions that the runtime accepts.</param>
/// <param name="Address">Type of the signer's address; null in v14, where it is known only as part of the extrinsic's type.</param>
/// <param name="Signature">Type of the signature; null in v14.</param>
/// <param name="Extensions">Extensions of signed extrinsics (v4), in order.</param>
/// <param name="ExtensionsByVersion">For general extrinsics (v5): extensions by extension version.</param>
public sealed record ExtrinsicInfo(
    IReadOnlyList<byte> Versions,
    int? Address,
    int? Signature,
    IReadOnlyList<ExtensionInfo> Extensions,
    IReadOnlyDictionary<byte, IReadOnlyList<ExtensionInfo>> ExtensionsByVersion);
