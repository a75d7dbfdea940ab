using Niche.Bittensor.Synapses;

namespace Niche.Bittensor.Axon;

/// <summary>
/// Guards against replays. A nonce must lie in a two-sided window around now and grow per (hotkey, uuid). Entries whose nonce has left
/// the window are forgotten, since the window alone refuses anything that old; so memory is bounded by traffic and by a hard limit. With a
/// journal it outlives the process.
/// </summary>
internal sealed class NonceMemory : IDisposable
{
    /// <summary>Most uuids of one hotkey, so that one key can not fill the memory for all.</summary>
    public const int MaxPerHotkey = 1024;

    private static readonly TimeSpan Past = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan Future = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LongestTimeout = TimeSpan.FromSeconds(60);

    private readonly TimeProvider _time;
    private readonly int _capacity;
    private readonly NonceJournal? _journal;
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Dictionary<string, long>> _last = new(StringComparer.Ordinal);
    private int _count;
    private long _sweptAt;

    /// <summary>A memory for so many dendrites; with a journal it begins with what that remembers, and closes it at its end.</summary>
    public NonceMemory(TimeProvider time, int capacity, NonceJournal? journal = null)
    {
        (_time, _capacity, _journal) = (time, capacity, journal);
        if (journal is null) return;
        var now = NonceClock.Now(time);
        foreach (var entry in journal.Read())
            if (entry.Nonce > Horizon(now) && entry.Nonce <= now + Nanoseconds(Future) && IsNewer(entry) && MakeRoom(entry) is null)
                _last[entry.Hotkey][entry.Uuid] = entry.Nonce;
        journal.Rewrite(Entries());
    }

    /// <summary>Null when the nonce is fresh. The timeout widens the past side, capped because nobody signs it.</summary>
    public AxonRefusal? CheckWindow(long nonce, TimeSpan timeout)
    {
        var now = NonceClock.Now(_time);
        var allowed = Past + (timeout < LongestTimeout ? timeout : LongestTimeout);
        if (nonce <= now - Nanoseconds(allowed))
            return AxonRefusal.NotVerified(string.Create(
                null, $"Nonce is too old: acceptable delta is {allowed.TotalSeconds:F2} seconds but request was {(now - (double)nonce) / 1e9:F2} seconds old"));
        return nonce > now + Nanoseconds(Future)
            ? AxonRefusal.NotVerified(string.Create(null, $"Nonce is from the future: at most {Future.TotalSeconds:F0} seconds ahead are accepted, check the clock"))
            : null;
    }

    /// <summary>Null when the nonce is newer than the last one recorded for this dendrite.</summary>
    public AxonRefusal? CheckOrder(string hotkey, string uuid, long nonce)
    {
        lock (_gate) return IsNewer(new NonceEntry(hotkey, uuid, nonce)) ? null : Replayed();
    }

    /// <summary>Checks the order again and records the nonce in one step, so that of two equal requests only one gets through.</summary>
    public AxonRefusal? Record(string hotkey, string uuid, long nonce)
    {
        var entry = new NonceEntry(hotkey, uuid, nonce);
        lock (_gate)
        {
            if (!IsNewer(entry)) return Replayed();
            if (MakeRoom(entry) is { } full) return full;
            _last[hotkey][uuid] = nonce;
            _journal?.Append(entry);
            if (_journal is { IsLong: true })
            {
                Sweep(NonceClock.Now(_time));
                _journal.Rewrite(Entries());
            }

            return null;
        }
    }

    /// <summary>Closes the journal.</summary>
    public void Dispose() => _journal?.Dispose();

    private bool IsNewer(NonceEntry entry) =>
        !_last.TryGetValue(entry.Hotkey, out var uuids) || !uuids.TryGetValue(entry.Uuid, out var last) || entry.Nonce > last;

    // Afterwards there is a place for the entry; null, or why there is none.
    private AxonRefusal? MakeRoom(NonceEntry entry)
    {
        if (_count >= _capacity || _last.TryGetValue(entry.Hotkey, out var known) && known.Count >= MaxPerHotkey) SweepAtTimes();
        if (!_last.TryGetValue(entry.Hotkey, out var uuids)) uuids = new Dictionary<string, long>(StringComparer.Ordinal);
        if (!uuids.ContainsKey(entry.Uuid))
        {
            if (uuids.Count >= MaxPerHotkey) return new AxonRefusal(429, "Too many dendrites of one hotkey at once.", Past);
            if (_count >= _capacity) return new AxonRefusal(503, "Too many dendrites at once.", Past);
            _count++;
        }

        _last[entry.Hotkey] = uuids;
        return null;
    }

    private static AxonRefusal Replayed() => AxonRefusal.NotVerified("Nonce is too old, a newer one was last processed");

    // At most once a second: a full memory must not turn every request into a walk over all of it.
    private void SweepAtTimes()
    {
        var now = NonceClock.Now(_time);
        if (now - _sweptAt >= Nanoseconds(TimeSpan.FromSeconds(1))) Sweep(now);
    }

    private void Sweep(long now)
    {
        _sweptAt = now;
        foreach (var (hotkey, uuids) in _last)
        {
            foreach (var (uuid, nonce) in uuids)
                if (nonce <= Horizon(now) && uuids.Remove(uuid))
                    _count--;
            if (uuids.Count == 0) _last.Remove(hotkey);
        }
    }

    private IEnumerable<NonceEntry> Entries() =>
        _last.SelectMany(dendrites => dendrites.Value.Select(last => new NonceEntry(dendrites.Key, last.Key, last.Value)));

    private static long Horizon(long now) => now - Nanoseconds(Past + LongestTimeout);

    private static long Nanoseconds(TimeSpan span) => span.Ticks * 100;
}
