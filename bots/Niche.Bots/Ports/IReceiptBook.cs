using Niche.Subnet.Receipts;

namespace Niche.Bots.Ports;

/// <summary>Receipts of what was delivered.</summary>
public interface IReceiptBook
{
    /// <summary>A receipt by its id; null when there is none.</summary>
    Task<SignedReceipt?> FindAsync(string id, CancellationToken ct);

    /// <summary>The receipt of delivered bytes, by their SHA-256 in lower-case hex; null when none were ever delivered.</summary>
    Task<SignedReceipt?> FindByContentAsync(string sha256, CancellationToken ct);
}
