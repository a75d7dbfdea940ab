using Niche.Bots.Incoming;
using Niche.Bots.People;
using Niche.Bots.Storage;
using Niche.Storage;
using Niche.Storage.Jobs;
using Niche.Subnet.Jobs;

namespace Niche.Bots.Operation;

/// <summary>The audit log, newest first.</summary>
public sealed class AuditLog(ITableStore tables, TimeProvider time)
{
    private const string Partition = "audit";
    private readonly JsonTable<AuditEntry> _entries = new(tables, BotNames.Audit);

    /// <summary>Adds an entry.</summary>
    public Task AddAsync(BotEvent happened, string what, string detail, CancellationToken ct)
    {
        DateTimeOffset now = time.GetUtcNow();
        AuditEntry entry = new(
            PersonStore.KeyOf(happened), Keys.Of(happened.Place.Platform, happened.Place.Channel), what, detail.Length > 200 ? detail[..200] : detail, now);
        return _entries.UpsertAsync(Partition, Keys.NewestFirst(now, TimeOrderedId.Create(now)), entry, ct);
    }

    /// <summary>The newest entries.</summary>
    public async Task<IReadOnlyList<AuditEntry>> ReadAsync(int most, CancellationToken ct)
    {
        List<AuditEntry> entries = [];
        await foreach ((_, AuditEntry entry) in _entries.QueryAsync(Partition, null, null, most, ct).ConfigureAwait(false)) entries.Add(entry);
        return entries;
    }
}
