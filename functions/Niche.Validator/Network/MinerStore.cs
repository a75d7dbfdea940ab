using Niche.Storage;

namespace Niche.Validator.Network;

/// <summary>Miners by hotkey.</summary>
public sealed class MinerStore(ITableStore tables, TimeProvider time)
{
    private const string Partition = "miner";

    // Selection asks many times a second; what a miner serves changes once a minute at most.
    private static readonly TimeSpan MaxAge = TimeSpan.FromSeconds(2);

    private readonly JsonTable<MinerRecord> _table = new(tables, TableNames.Miners);
    private volatile Snapshot? _cached;

    /// <summary>All miners, at most two seconds old.</summary>
    public async Task<IReadOnlyList<MinerRecord>> ListAsync(CancellationToken ct)
    {
        long now = time.GetTimestamp();
        if (_cached is { } cached && time.GetElapsedTime(cached.ReadAt, now) < MaxAge) return cached.Miners;
        List<MinerRecord> miners = [];
        await foreach ((_, MinerRecord miner) in _table.QueryAsync(Partition, null, null, null, ct).ConfigureAwait(false)) miners.Add(miner);
        _cached = new Snapshot(miners, now);
        return miners;
    }

    /// <summary>Writes what is known of a miner now.</summary>
    public async Task SetAsync(MinerRecord miner, CancellationToken ct)
    {
        await _table.UpsertAsync(Partition, miner.Hotkey, miner, ct).ConfigureAwait(false);
        _cached = null;
    }

    /// <summary>Forgets a miner that left the subnet.</summary>
    public async Task RemoveAsync(string hotkey, CancellationToken ct)
    {
        await _table.DeleteAsync(Partition, hotkey, ct).ConfigureAwait(false);
        _cached = null;
    }

    private sealed record Snapshot(IReadOnlyList<MinerRecord> Miners, long ReadAt);
}
