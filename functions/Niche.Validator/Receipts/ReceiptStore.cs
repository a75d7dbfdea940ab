using Niche.Storage;
using Niche.Subnet.Jobs;
using Niche.Subnet.Receipts;
using Niche.Validator.Network;

namespace Niche.Validator.Receipts;

/// <summary>Receipts by id.</summary>
public sealed class ReceiptStore(ITableStore tables)
{
    private const string Row = "receipt", ContentPrefix = "content-";
    private readonly JsonTable<StoredReceipt> _receipts = new(tables, TableNames.Receipts);
    private readonly JsonTable<ContentMark> _contents = new(tables, TableNames.Receipts);

    /// <summary>Reads a receipt; null when there is none.</summary>
    public async Task<StoredReceipt?> GetAsync(string id, CancellationToken ct) =>
        TimeOrderedId.IsValid(id) ? await _receipts.GetAsync(id, Row, ct).ConfigureAwait(false) : null;

    /// <summary>The receipt of delivered bytes, by their SHA-256 in lower-case hex; null when none were ever delivered.</summary>
    public async Task<StoredReceipt?> FindByContentAsync(string sha256, CancellationToken ct) =>
        sha256.Length == 64 && sha256.All(char.IsAsciiHexDigitLower) && await _contents.GetAsync(ContentPrefix + sha256, Row, ct).ConfigureAwait(false) is { } content
            ? await GetAsync(content.ReceiptId, ct).ConfigureAwait(false)
            : null;

    /// <summary>Keeps a receipt.</summary>
    public async Task AddAsync(StoredReceipt receipt, CancellationToken ct)
    {
        Receipt attested = receipt.Document.Receipt;
        await _receipts.UpsertAsync(attested.Id, Row, receipt, ct).ConfigureAwait(false);
        await _contents.UpsertAsync(ContentPrefix + attested.ContentSha256, Row, new ContentMark(attested.Id), ct).ConfigureAwait(false);
    }

    private sealed record ContentMark(string ReceiptId);
}
