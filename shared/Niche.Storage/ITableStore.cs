namespace Niche.Storage;

/// <summary>
/// Rows of JSON under a partition key and a row key, with optimistic concurrency by ETag. A table comes into being on first use.
/// Errors: <see cref="StorageException"/>; a conflict is a null or false result, never an exception.
/// </summary>
/// <remarks>
/// Table names: 3 to 63 ASCII letters and digits, first a letter, case-insensitive. Keys: 1 to 512 characters of the Basic Multilingual Plane, no control
/// characters and none of <c>/ \ # ? %</c>; they compare ordinally. For newest-first, use row keys that count down.
/// </remarks>
public interface ITableStore
{
    /// <summary>Longest JSON of a row in UTF-8 bytes: what fits an Azure entity (1 MiB) however it is counted.</summary>
    const int MaxJsonBytes = 512 * 1024;

    /// <summary>Adds a row; returns its ETag, or null when the key is taken.</summary>
    Task<string?> InsertAsync(string table, string partition, string row, string json, CancellationToken ct);

    /// <summary>Adds or overwrites a row; returns its ETag.</summary>
    Task<string> UpsertAsync(string table, string partition, string row, string json, CancellationToken ct);

    /// <summary>Overwrites a row that still has the ETag of <paramref name="row"/>; returns the new ETag, or null when it changed or is gone.</summary>
    Task<string?> ReplaceAsync(string table, TableRow row, CancellationToken ct);

    /// <summary>Reads a row; null when there is none.</summary>
    Task<TableRow?> GetAsync(string table, string partition, string row, CancellationToken ct);

    /// <summary>Deletes a row, when <paramref name="etag"/> is given only if it still has it; false when it changed or is gone.</summary>
    Task<bool> DeleteAsync(string table, string partition, string row, string? etag, CancellationToken ct);

    /// <summary>Rows of one partition in ordinal order of row keys, read page by page (no snapshot over the whole).</summary>
    /// <param name="table">Table name.</param>
    /// <param name="partition">Partition key.</param>
    /// <param name="fromRow">First row key, included; null for the beginning.</param>
    /// <param name="toRow">Upper bound, excluded; null for the end.</param>
    /// <param name="take">Most rows to return; null for all.</param>
    /// <param name="ct">Ends the enumeration.</param>
    IAsyncEnumerable<TableRow> QueryAsync(
        string table, string partition, string? fromRow, string? toRow, int? take, CancellationToken ct);

    /// <summary>All rows in ordinal order of partition, then row key.</summary>
    IAsyncEnumerable<TableRow> QueryAllAsync(string table, CancellationToken ct);
}
