using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Niche.Storage.Embedded;

/// <summary>Queues as rows: a message's version is its pop receipt, so every receive and renewal voids the one before.</summary>
internal sealed class EmbeddedQueueStore(EmbeddedDatabase database, TimeProvider time) : IQueueStore
{
    private readonly Arrivals _arrivals = new();

    // A queue is just a name here, so there is nothing to create.
    public Task CreateAsync(string queue, CancellationToken ct)
    {
        StorageNames.CheckQueue(queue);
        return Task.CompletedTask;
    }

    public async Task<QueueReceipt> PutAsync(string queue, string body, TimeSpan? delay, TimeSpan? timeToLive, CancellationToken ct)
    {
        StorageNames.CheckQueue(queue);
        StorageLimits.CheckPut(body, delay, timeToLive);
        var now = time.GetUtcNow().UtcTicks;
        var visible = now + (delay?.Ticks ?? 0);
        var expires = timeToLive is { } life ? After(now, life) : (long?)null;

        var seq = await database.WriteAsync(
            s => s.QueryInteger(
                "INSERT INTO messages (queue, body, inserted, visible, expires) VALUES ($1, $2, $3, $4, $5) RETURNING seq",
                queue, body, now, visible, expires),
            ct).ConfigureAwait(false);

        if (visible == now)
            _arrivals.Announce(queue);
        return new(Text(seq!.Value), "1");
    }

    public Task<IReadOnlyList<QueueItem>> ReceiveAsync(string queue, int max, TimeSpan visibility, CancellationToken ct)
    {
        StorageNames.CheckQueue(queue);
        StorageLimits.CheckMax(max);
        StorageLimits.CheckReceiveVisibility(visibility);
        return database.WriteAsync<IReadOnlyList<QueueItem>>(s => Receive(s, queue, max, visibility), ct);
    }

    public async Task<string?> RenewAsync(string queue, string id, string popReceipt, TimeSpan visibility, CancellationToken ct)
    {
        StorageNames.CheckQueue(queue);
        StorageLimits.CheckRenewVisibility(visibility);
        if (!TryParse(id, popReceipt, out var seq, out var version))
            return null;

        var now = time.GetUtcNow().UtcTicks;
        var renewed = await database.WriteAsync(
            s => s.QueryInteger(
                """
                UPDATE messages SET visible=$1, version=version+1
                WHERE seq=$2 AND version=$3 AND queue=$4 AND (expires IS NULL OR expires>$5) RETURNING version
                """,
                now + visibility.Ticks, seq, version, queue, now),
            ct).ConfigureAwait(false);

        if (renewed is null)
            return null;
        if (visibility == TimeSpan.Zero)
            _arrivals.Announce(queue);
        return Text(renewed.Value);
    }

    /// <summary>Shows every hidden message of a queue and voids its pop receipt.</summary>
    public async Task<int> ShowHiddenAsync(string queue, CancellationToken ct)
    {
        StorageNames.CheckQueue(queue);
        var now = time.GetUtcNow().UtcTicks;
        var shown = await database.WriteAsync(
            s => s.Execute("UPDATE messages SET visible=$1, version=version+1 WHERE queue=$2 AND visible>$1", now, queue), ct).ConfigureAwait(false);
        if (shown > 0)
            _arrivals.Announce(queue);
        return shown;
    }

    public async Task<bool> DeleteAsync(string queue, string id, string popReceipt, CancellationToken ct)
    {
        StorageNames.CheckQueue(queue);
        if (!TryParse(id, popReceipt, out var seq, out var version))
            return false;
        return await database.WriteAsync(
            s => s.Execute("DELETE FROM messages WHERE seq=$1 AND version=$2 AND queue=$3", seq, version, queue),
            ct).ConfigureAwait(false) == 1;
    }

    public Task<long> CountAsync(string queue, CancellationToken ct)
    {
        StorageNames.CheckQueue(queue);
        ct.ThrowIfCancellationRequested();
        return Task.FromResult(database.Read(s => s.QueryInteger(
            "SELECT count(*) FROM messages WHERE queue=$1 AND (expires IS NULL OR expires>$2)", queue, time.GetUtcNow().UtcTicks)!.Value));
    }

    public Task<IReadOnlyList<QueueItem>> PeekAsync(string queue, int max, CancellationToken ct)
    {
        StorageNames.CheckQueue(queue);
        StorageLimits.CheckMax(max);
        ct.ThrowIfCancellationRequested();
        return Task.FromResult(database.Read<IReadOnlyList<QueueItem>>(s =>
        {
            using var reader = s.Query(
                """
                SELECT seq, version, body, dequeues, inserted FROM messages
                WHERE queue=$1 AND visible<=$2 AND (expires IS NULL OR expires>$2) ORDER BY visible, seq LIMIT $3
                """,
                queue, time.GetUtcNow().UtcTicks, max);
            return ReadItems(reader, withReceipts: false);
        }));
    }

    public IDisposable OnArrival(string queue, Action callback) => _arrivals.Subscribe(queue, callback);

    private List<QueueItem> Receive(SqliteSession session, string queue, int max, TimeSpan visibility)
    {
        // The clock is read inside the transaction: a wait for the lock must not shorten the lease.
        var now = time.GetUtcNow().UtcTicks;
        session.Execute("DELETE FROM messages WHERE queue=$1 AND expires<=$2", queue, now);

        // One statement, so that no other process can take the same rows.
        using var reader = session.Query(
            """
            UPDATE messages SET visible=$1, dequeues=dequeues+1, version=version+1
            WHERE seq IN (SELECT seq FROM messages WHERE queue=$2 AND visible<=$3 ORDER BY visible, seq LIMIT $4)
            RETURNING seq, version, body, dequeues, inserted
            """,
            now + visibility.Ticks, queue, now, max);
        var items = ReadItems(reader, withReceipts: true);

        // RETURNING promises no order; ids are decimal numbers in the order of insertion.
        items.Sort(static (a, b) => a.Id.Length != b.Id.Length ? a.Id.Length - b.Id.Length : string.CompareOrdinal(a.Id, b.Id));
        return items;
    }

    private static List<QueueItem> ReadItems(SqliteDataReader reader, bool withReceipts)
    {
        var items = new List<QueueItem>();
        while (reader.Read())
        {
            items.Add(new(
                Text(reader.GetInt64(0)),
                withReceipts ? Text(reader.GetInt64(1)) : "",
                reader.GetString(2),
                reader.GetInt64(3),
                new(reader.GetInt64(4), TimeSpan.Zero)));
        }

        return items;
    }

    private static long After(long now, TimeSpan life) => life.Ticks > long.MaxValue - now ? long.MaxValue : now + life.Ticks;

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static bool TryParse(string id, string popReceipt, out long seq, out long version)
    {
        version = 0;
        return long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out seq)
            && long.TryParse(popReceipt, NumberStyles.None, CultureInfo.InvariantCulture, out version);
    }
}
