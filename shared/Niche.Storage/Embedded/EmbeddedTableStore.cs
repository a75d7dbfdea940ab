using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Niche.Storage.Embedded;

/// <summary>
/// Tables as rows of one SQLite table. Each write replaces the row under a fresh AUTOINCREMENT number, which is its ETag: it never comes back,
/// not even when a row is deleted and made anew.
/// </summary>
internal sealed class EmbeddedTableStore(EmbeddedDatabase database) : ITableStore
{
    private const int PageSize = 256;

    // Keys hold no control characters and no U+FFFF, so these are "just after this key" and "after every key".
    private const string JustAfter = "\u0001";
    private const string End = "\uFFFF";

    public async Task<string?> InsertAsync(string table, string partition, string row, string json, CancellationToken ct)
    {
        var name = Check(table, partition, row, json);
        return Text(await database.WriteAsync(
            s => s.QueryInteger(
                "INSERT INTO entities (name, partition, row, json) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING RETURNING version",
                name, partition, row, json),
            ct).ConfigureAwait(false));
    }

    public async Task<string> UpsertAsync(string table, string partition, string row, string json, CancellationToken ct)
    {
        var name = Check(table, partition, row, json);
        return Text(await database.WriteAsync(
            s => s.QueryInteger(
                "INSERT OR REPLACE INTO entities (name, partition, row, json) VALUES ($1, $2, $3, $4) RETURNING version",
                name, partition, row, json),
            ct).ConfigureAwait(false))!;
    }

    public async Task<string?> ReplaceAsync(string table, TableRow row, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(row);
        var name = Check(table, row.Partition, row.Row, row.Json);
        if (!TryParse(row.ETag, out var version))
            return null;
        return Text(await database.WriteAsync(
            s => s.QueryInteger(
                """
                INSERT OR REPLACE INTO entities (name, partition, row, json) SELECT $1, $2, $3, $4
                WHERE EXISTS (SELECT 1 FROM entities WHERE name=$1 AND partition=$2 AND row=$3 AND version=$5) RETURNING version
                """,
                name, row.Partition, row.Row, row.Json, version),
            ct).ConfigureAwait(false));
    }

    public Task<TableRow?> GetAsync(string table, string partition, string row, CancellationToken ct)
    {
        var name = Check(table, partition, row);
        ct.ThrowIfCancellationRequested();
        return Task.FromResult(database.Read(s =>
        {
            using var reader = s.Query("SELECT json, version FROM entities WHERE name=$1 AND partition=$2 AND row=$3", name, partition, row);
            return reader.Read() ? new TableRow(partition, row, reader.GetString(0), Text(reader.GetInt64(1))!) : null;
        }));
    }

    public async Task<bool> DeleteAsync(string table, string partition, string row, string? etag, CancellationToken ct)
    {
        var name = Check(table, partition, row);
        long? version = null;
        if (etag is not null)
        {
            if (!TryParse(etag, out var parsed))
                return false;
            version = parsed;
        }

        return await database.WriteAsync(
            s => s.Execute("DELETE FROM entities WHERE name=$1 AND partition=$2 AND row=$3 AND ($4 IS NULL OR version=$4)", name, partition, row, version),
            ct).ConfigureAwait(false) == 1;
    }

    public IAsyncEnumerable<TableRow> QueryAsync(
        string table, string partition, string? fromRow, string? toRow, int? take, CancellationToken ct)
    {
        StorageNames.CheckTable(table);
        StorageNames.CheckKey("partition key", partition);
        if (fromRow is not null)
            StorageNames.CheckKey("row key", fromRow);
        if (toRow is not null)
            StorageNames.CheckKey("row key", toRow);
        StorageLimits.CheckTake(take);
        return Pages(
            (s, last, size) => s.Query(
                """
                SELECT partition, row, json, version FROM entities WHERE name=$1 AND partition=$2 AND row>=$3 AND row<$4 ORDER BY row LIMIT $5
                """,
                Normal(table), partition, last is null ? fromRow ?? "" : last.Row + JustAfter, toRow ?? End, size),
            take ?? int.MaxValue,
            ct).ToAsyncEnumerable();
    }

    public IAsyncEnumerable<TableRow> QueryAllAsync(string table, CancellationToken ct)
    {
        StorageNames.CheckTable(table);
        return Pages(
            (s, last, size) => s.Query(
                """
                SELECT partition, row, json, version FROM entities WHERE name=$1 AND (partition, row)>($2, $3) ORDER BY partition, row LIMIT $4
                """,
                Normal(table), last?.Partition ?? "", last?.Row ?? "", size),
            int.MaxValue,
            ct).ToAsyncEnumerable();
    }

    private delegate SqliteDataReader PageQuery(SqliteSession session, TableRow? last, int size);

    // A page at a time: a consumer that dawdles must not hold a read transaction, which would keep the WAL from being checkpointed.
    private IEnumerable<TableRow> Pages(PageQuery query, int take, CancellationToken ct)
    {
        TableRow? last = null;
        while (take > 0)
        {
            ct.ThrowIfCancellationRequested();
            var size = Math.Min(take, PageSize);
            var page = database.Read(s => ReadPage(query, s, last, size));
            foreach (var row in page)
                yield return row;
            if (page.Count < size)
                yield break;
            take -= page.Count;
            last = page[^1];
        }
    }

    private static List<TableRow> ReadPage(PageQuery query, SqliteSession session, TableRow? last, int size)
    {
        using var reader = query(session, last, size);
        var page = new List<TableRow>();
        while (reader.Read())
            page.Add(new(reader.GetString(0), reader.GetString(1), reader.GetString(2), Text(reader.GetInt64(3))!));
        return page;
    }

    private static string Check(string table, string partition, string row)
    {
        StorageNames.CheckTable(table);
        StorageNames.CheckKey("partition key", partition);
        StorageNames.CheckKey("row key", row);
        return Normal(table);
    }

    private static string Check(string table, string partition, string row, string json)
    {
        StorageLimits.CheckJson(json);
        return Check(table, partition, row);
    }

    /// <summary>Azure compares table names without case.</summary>
    private static string Normal(string table) => table.ToLowerInvariant();

    private static string? Text(long? version) => version?.ToString(CultureInfo.InvariantCulture);

    private static bool TryParse(string etag, out long version) =>
        long.TryParse(etag, NumberStyles.None, CultureInfo.InvariantCulture, out version);
}
