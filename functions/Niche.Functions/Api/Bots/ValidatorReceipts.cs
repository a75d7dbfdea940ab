using Niche.Bots.Ports;
using Niche.Subnet.Receipts;
using Niche.Validator.Receipts;

namespace Niche.Functions.Api.Bots;

/// <summary>Receipts, for the bots.</summary>
public sealed class ValidatorReceipts(ReceiptStore receipts) : IReceiptBook
{
    /// <inheritdoc/>
    public async Task<SignedReceipt?> FindAsync(string id, CancellationToken ct) => (await receipts.GetAsync(id, ct).ConfigureAwait(false))?.Document;

    /// <inheritdoc/>
    public async Task<SignedReceipt?> FindByContentAsync(string sha256, CancellationToken ct) =>
        (await receipts.FindByContentAsync(sha256, ct).ConfigureAwait(false))?.Document;
}
