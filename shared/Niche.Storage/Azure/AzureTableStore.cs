using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Azure;
using Azure.Data.Tables;
using Azure.Data.Tables.Models;

namespace Niche.Storage.Azure;

/// <summary>Tables of an Azure storage account.</summary>
internal sealed class AzureTableStore(TableServiceClient service) : ITableStore
{
    private readonly ConcurrentDictionary<string, TableClient> _clients = new(StringComparer.OrdinalIgnoreCase);

    public Task<string?> InsertAsync(string table, string partition, string row, string json, CancellationToken ct)
    {
        var entity = Entity(partition, row, json);
        return WriteAsync(table, c => c.AddEntityAsync(entity, ct), ct);
    }

    public async Task<string> UpsertAsync(string table, string partition, string row, string json, CancellationToken ct)
    {
        var entity = Entity(partition, row, json);
        return (await WriteAsync(table, c => c.UpsertEntityAsync(entity, TableUpdateMode.Replace, ct), ct).ConfigureAwait(false))
            ?? throw new StorageException(StorageErrorCode.Unavailable, $"Azure refused to overwrite a row of table '{table}'; try again.");
    }

    public Task<string?> ReplaceAsync(string table, TableRow row, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(row);
        var entity = Entity(row.Partition, row.Row, row.Json);
        StorageNames.CheckTable(table);
        if (!IsEtag(row.ETag))
            return Task.FromResult<string?>(null);
        return WriteAsync(table, c => c.UpdateEntityAsync(entity, new ETag(row.ETag), TableUpdateMode.Replace, ct), ct);
    }

    public Task<TableRow?> GetAsync(string table, string partition, string row, CancellationToken ct)
    {
        CheckKeys(partition, row);
        return RunAsync(
            table,
            async c =>
            {
                var found = await c.GetEntityIfExistsAsync<TableEntity>(partition, row, cancellationToken: ct).ConfigureAwait(false);
                return found.HasValue ? EntityJson.Join(found.Value!) : null;
            },
            ct);
    }

    public Task<bool> DeleteAsync(string table, string partition, string row, string? etag, CancellationToken ct)
    {
        CheckKeys(partition, row);
        StorageNames.CheckTable(table);
        if (etag is not null && !IsEtag(etag))
            return Task.FromResult(false);
        return RunAsync(
            table,
            async c =>
            {
                try
                {
                    // The SDK answers 404 for a missing row instead of throwing.
                    var response = await c.DeleteEntityAsync(partition, row, etag is null ? ETag.All : new ETag(etag), ct).ConfigureAwait(false);
                    return response.Status != 404;
                }
                catch (RequestFailedException e) when (IsConflict(e))
                {
                    return false;
                }
            },
            ct);
    }

    public IAsyncEnumerable<TableRow> QueryAsync(
        string table, string partition, string? fromRow, string? toRow, int? take, CancellationToken ct)
    {
        StorageNames.CheckKey("partition key", partition);
        if (fromRow is not null)
            StorageNames.CheckKey("row key", fromRow);
        if (toRow is not null)
            StorageNames.CheckKey("row key", toRow);
        StorageLimits.CheckTake(take);
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {partition}");
        if (fromRow is not null)
            filter += " and " + TableClient.CreateQueryFilter($"RowKey ge {fromRow}");
        if (toRow is not null)
            filter += " and " + TableClient.CreateQueryFilter($"RowKey lt {toRow}");
        return ReadAsync(table, Client(table), filter, take ?? int.MaxValue, ct);
    }

    public IAsyncEnumerable<TableRow> QueryAllAsync(string table, CancellationToken ct) => ReadAsync(table, Client(table), null, int.MaxValue, ct);

    private static async IAsyncEnumerable<TableRow> ReadAsync(
        string table, TableClient client, string? filter, int take, [EnumeratorCancellation] CancellationToken ct)
    {
        if (take == 0)
            yield break;
        var rows = client.QueryAsync<TableEntity>(filter, Math.Min(take, 1000), cancellationToken: ct).GetAsyncEnumerator(ct);
        await using (rows.ConfigureAwait(false))
        {
            while (take-- > 0 && await AzureErrors.GuardAsync($"table '{table}'", () => MoveNextAsync(rows)).ConfigureAwait(false))
                yield return EntityJson.Join(rows.Current);
        }
    }

    private static async Task<bool> MoveNextAsync(IAsyncEnumerator<TableEntity> rows)
    {
        try
        {
            return await rows.MoveNextAsync().ConfigureAwait(false);
        }
        catch (RequestFailedException e) when (e.ErrorCode == TableErrorCode.TableNotFound.ToString())
        {
            return false;
        }
    }

    private Task<string?> WriteAsync(string table, Func<TableClient, Task<Response>> write, CancellationToken ct) => RunAsync(
        table,
        async c =>
        {
            try
            {
                var response = await write(c).ConfigureAwait(false);
                return response.Headers.ETag?.ToString();
            }
            catch (RequestFailedException e) when (IsConflict(e))
            {
                return null;
            }
        },
        ct);

    private Task<T> RunAsync<T>(string table, Func<TableClient, Task<T>> call, CancellationToken ct)
    {
        var client = Client(table);
        return AzureErrors.CreatingAsync(
            $"table '{table}'", TableErrorCode.TableNotFound.ToString(), () => client.CreateIfNotExistsAsync(ct), () => call(client));
    }

    private TableClient Client(string table)
    {
        StorageNames.CheckTable(table);
        return _clients.GetOrAdd(table, static (name, s) => s.GetTableClient(name), service);
    }

    private static TableEntity Entity(string partition, string row, string json)
    {
        CheckKeys(partition, row);
        StorageLimits.CheckJson(json);
        return EntityJson.Split(partition, row, json);
    }

    private static void CheckKeys(string partition, string row)
    {
        StorageNames.CheckKey("partition key", partition);
        StorageNames.CheckKey("row key", row);
    }

    // Azure answers a text that is no ETag with an error; it just cannot be the row's. The wildcard * would overwrite whatever is there.
    private static bool IsEtag(string text) => text.StartsWith("W/\"", StringComparison.Ordinal) && text.EndsWith('"') && text.Length > 4;

    // Taken, changed or gone.
    private static bool IsConflict(RequestFailedException e) =>
        e.ErrorCode == TableErrorCode.EntityAlreadyExists.ToString()
        || e.ErrorCode == TableErrorCode.UpdateConditionNotSatisfied.ToString()
        || e.ErrorCode == TableErrorCode.ResourceNotFound.ToString();
}
