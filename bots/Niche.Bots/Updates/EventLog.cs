using System.Text.Json;
using Niche.Bots.Incoming;
using Niche.Bots.Storage;
using Niche.Storage;
using Niche.Storage.Jobs;

namespace Niche.Bots.Updates;

/// <summary>Sees to it that an event is answered once, however often it comes and whoever dies in between.</summary>
public sealed class EventLog(ITableStore tables, TimeProvider time)
{
    /// <summary>For how long a process may hold an event without a sign of life.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(60);

    private readonly JsonTable<EventRecord> _records = new(tables, BotNames.Events);

    /// <summary>True when the event was answered.</summary>
    public async Task<bool> IsDoneAsync(BotEvent happened, CancellationToken ct) =>
        await _records.GetAsync(PartitionOf(happened), Keys.Of(happened.Id), ct).ConfigureAwait(false) is { Done: true };

    /// <summary>Claims an event.</summary>
    /// <returns>The record; the event is the caller's when <c>Claimed</c>.</returns>
    public async Task<(EventRecord Record, bool Claimed)> ClaimAsync(BotEvent happened, CancellationToken ct)
    {
        bool claimed = false;
        EventRecord record = (await _records.UpdateAsync(PartitionOf(happened), Keys.Of(happened.Id), before =>
        {
            DateTimeOffset now = time.GetUtcNow();
            claimed = before is null || (!before.Done && (before.Until is null || before.Until <= now));
            return claimed ? new EventRecord(false, now + Lease, (before?.Tries ?? 0) + 1, before?.At ?? now) : null;
        }, ct).ConfigureAwait(false))!;
        return (record, claimed);
    }

    /// <summary>Ends an event, or gives it back to be tried again.</summary>
    public Task EndAsync(BotEvent happened, bool done, CancellationToken ct) => _records.UpdateAsync(
        PartitionOf(happened), Keys.Of(happened.Id), before => before is null ? null : before with { Done = done, Until = null }, ct);

    /// <summary>Gives back every event that somebody holds. Only for a process that knows that it is alone, right after its start.</summary>
    /// <returns>Number of events given back.</returns>
    public async Task<int> GiveBackAsync(CancellationToken ct)
    {
        int given = 0;
        await foreach (TableRow row in tables.QueryAllAsync(BotNames.Events, ct).ConfigureAwait(false))
        {
            if (JsonSerializer.Deserialize<EventRecord>(row.Json, JsonSerializerOptions.Web) is not { Done: false, Until: not null }) continue;
            await _records.UpdateAsync(row.Partition, row.Row, before => before is { Done: false } ? before with { Until = null } : null, ct).ConfigureAwait(false);
            given++;
        }

        return given;
    }

    /// <summary>Forgets events of before a moment.</summary>
    /// <returns>Number of events forgotten.</returns>
    public async Task<int> ForgetAsync(DateTimeOffset before, CancellationToken ct)
    {
        int forgotten = 0;
        await foreach (TableRow row in tables.QueryAllAsync(BotNames.Events, ct).ConfigureAwait(false))
        {
            if (JsonSerializer.Deserialize<EventRecord>(row.Json, JsonSerializerOptions.Web) is not { } record || record.At >= before) continue;
            if (await tables.DeleteAsync(BotNames.Events, row.Partition, row.Row, row.ETag, ct).ConfigureAwait(false)) forgotten++;
        }

        return forgotten;
    }

    // The last characters of an id are its most random ones: many small partitions instead of one busy one.
    private static string PartitionOf(BotEvent happened) =>
        Keys.Of(happened.Place.Platform, happened.Id.Length <= 2 ? happened.Id : happened.Id[^2..]);
}
