using Niche.Storage;
using Niche.Subnet.Jobs;
using Niche.Validator.Network;

namespace Niche.Validator.Receipts;

/// <summary>Receipts by id.</summary>
public sealed class ReceiptStore(ITableStore tables)
{
    private const string Row = "receipt";
    private readonly JsonTable<StoredReceipt> _receipts = new(tables, TableNames.Receipts);

    /// <summary>Reads a receipt; null when there is none.</summary>
    public async Task<StoredReceipt?> GetAsync(string id, CancellationToken ct) =>
        TimeOrderedId.IsValid(id) ? await _receipts.GetAsync(id, Row, ct).ConfigureAwait(false) : null;

    /// <summary>Keeps a receipt.</summary>
    public Task AddAsync(StoredReceipt receipt, CancellationToken ct) => _receipts.UpsertAsync(receipt.Document.Receipt.Id, Row, receipt, ct);
}
