using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Niche.Storage;

/// <summary>One table seen as records of one type, stored as camel-case JSON. Errors: <see cref="StorageException"/>.</summary>
/// <typeparam name="T">A record that System.Text.Json can read and write.</typeparam>
/// <param name="tables">The store.</param>
/// <param name="table">Table name.</param>
public sealed class JsonTable<T>(ITableStore tables, string table)
    where T : class
{
    private const int MaxUpdateTries = 50;
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>Adds a record; false when the key is taken.</summary>
    public async Task<bool> InsertAsync(string partition, string row, T value, CancellationToken ct) =>
        await tables.InsertAsync(table, partition, row, JsonSerializer.Serialize(value, Json), ct).ConfigureAwait(false) is not null;

    /// <summary>Adds or overwrites a record.</summary>
    public Task UpsertAsync(string partition, string row, T value, CancellationToken ct) =>
        tables.UpsertAsync(table, partition, row, JsonSerializer.Serialize(value, Json), ct);

    /// <summary>Reads a record; null when there is none.</summary>
    public async Task<T?> GetAsync(string partition, string row, CancellationToken ct) =>
        await tables.GetAsync(table, partition, row, ct).ConfigureAwait(false) is { } found ? Read(found) : null;

    /// <summary>Deletes a record; false when there was none.</summary>
    public Task<bool> DeleteAsync(string partition, string row, CancellationToken ct) => tables.DeleteAsync(table, partition, row, null, ct);

    /// <summary>
    /// Changes a record so that no concurrent change is lost: reads, applies <paramref name="change"/>, writes if nobody wrote in between, else
    /// again. <paramref name="change"/> gets null when there is no record and returns null to leave everything as it is.
    /// </summary>
    /// <returns>The record as it is stored now; null when there is none.</returns>
    public async Task<T?> UpdateAsync(string partition, string row, Func<T?, T?> change, CancellationToken ct)
    {
        for (int i = 0; i < MaxUpdateTries; i++)
        {
            TableRow? found = await tables.GetAsync(table, partition, row, ct).ConfigureAwait(false);
            T? before = found is null ? null : Read(found);
            if (change(before) is not { } after) return before;
            string json = JsonSerializer.Serialize(after, Json);
            string? etag = found is null
                ? await tables.InsertAsync(table, partition, row, json, ct).ConfigureAwait(false)
                : await tables.ReplaceAsync(table, found with { Json = json }, ct).ConfigureAwait(false);
            if (etag is not null) return after;
        }

        throw new StorageException(
            StorageErrorCode.Unavailable, $"Row {partition}/{row} of table {table} changed {MaxUpdateTries} times while it was being updated; try again.");
    }

    /// <summary>Records of one partition in ordinal order of their row keys, bounds as in <see cref="ITableStore.QueryAsync"/>.</summary>
    public async IAsyncEnumerable<KeyValuePair<string, T>> QueryAsync(
        string partition, string? fromRow, string? toRow, int? take, [EnumeratorCancellation] CancellationToken ct)
    {
        await foreach (TableRow found in tables.QueryAsync(table, partition, fromRow, toRow, take, ct).ConfigureAwait(false))
            yield return new KeyValuePair<string, T>(found.Row, Read(found));
    }

    private T Read(TableRow row)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(row.Json, Json) ?? throw new JsonException("null");
        }
        catch (JsonException e)
        {
            throw new StorageException(StorageErrorCode.Corrupt, $"Row {row.Partition}/{row.Row} of table {table} is not a {typeof(T).Name}.", e);
        }
    }
}
