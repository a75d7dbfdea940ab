using System.Collections.Concurrent;

namespace Niche.Validator.Network;

/// <summary>
/// How much of each miner's share this instance has used in the current interval, and how many calls run. Asking for more than the share would
/// only earn refusals. Windows are aligned to the clock, as the miner's are, so that a burst at an edge cannot double the rate.
/// </summary>
public sealed class ShareBook(TimeProvider time)
{
    private readonly ConcurrentDictionary<string, Entry> _entries = new(StringComparer.Ordinal);

    /// <summary>Takes one request from a miner's share; false when it is used up.</summary>
    public bool TryTake(MinerRecord miner, TimeSpan interval)
    {
        Entry entry = _entries.GetOrAdd(miner.Hotkey, _ => new Entry());
        lock (entry)
        {
            Roll(entry, interval);
            if (entry.Used >= miner.Share || entry.RestUntil > time.GetUtcNow()) return false;
            entry.Used++;
            entry.InFlight++;
            return true;
        }
    }

    /// <summary>Ends a call that <see cref="TryTake"/> allowed; a miner that asked for rest gets it.</summary>
    public void Release(MinerRecord miner, TimeSpan? rest)
    {
        Entry entry = _entries.GetOrAdd(miner.Hotkey, _ => new Entry());
        lock (entry)
        {
            entry.InFlight--;
            if (rest is { } pause) entry.RestUntil = time.GetUtcNow() + pause;
        }
    }

    /// <summary>Requests left in this interval (0 while resting) and calls running now.</summary>
    public (int Free, int InFlight) Look(MinerRecord miner, TimeSpan interval)
    {
        if (!_entries.TryGetValue(miner.Hotkey, out Entry? entry)) return (miner.Share, 0);
        lock (entry)
        {
            Roll(entry, interval);
            return (entry.RestUntil > time.GetUtcNow() ? 0 : Math.Max(0, miner.Share - entry.Used), entry.InFlight);
        }
    }

    private void Roll(Entry entry, TimeSpan interval)
    {
        long window = time.GetUtcNow().Ticks / interval.Ticks;
        if (entry.Window == window) return;
        entry.Window = window;
        entry.Used = 0;
    }

    private sealed class Entry
    {
        public long Window { get; set; }

        public int Used { get; set; }

        public int InFlight { get; set; }

        public DateTimeOffset RestUntil { get; set; }
    }
}
