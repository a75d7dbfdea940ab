namespace Niche.Subnet.Receipts;

/// <summary>A receipt with the sr25519 signature of the validator's hotkey over <c>"niche-receipt-v1\n" + canonical JSON</c>.</summary>
/// <param name="Receipt">What is attested.</param>
/// <param name="Signature">64 bytes, lower-case hex.</param>
public sealed record SignedReceipt(Receipt Receipt, string Signature);
