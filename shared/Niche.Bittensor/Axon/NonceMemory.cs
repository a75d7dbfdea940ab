using Niche.Bittensor.Synapses;

namespace Niche.Bittensor.Axon;

/// <summary>
/// Guards against replays. A nonce must lie in a two-sided window around now and grow per (hotkey, uuid). Entries whose nonce has left
/// the window are forgotten, since the window alone refuses anything that old; so memory is bounded by traffic and by a hard limit.
/// </summary>
internal sealed class NonceMemory(TimeProvider time, int capacity)
{
    /// <summary>Most uuids of one hotkey, so that one key can not fill the memory for all.</summary>
    public const int MaxPerHotkey = 1024;

    private static readonly TimeSpan Past = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan Future = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LongestTimeout = TimeSpan.FromSeconds(60);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Dictionary<string, long>> _last = new(StringComparer.Ordinal);
    private int _count;
    private long _sweptAt;

    /// <summary>Null when the nonce is fresh. The timeout widens the past side, capped because nobody signs it.</summary>
    public AxonRefusal? CheckWindow(long nonce, TimeSpan timeout)
    {
        var now = NonceClock.Now(time);
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
        lock (_gate) return IsNewer(hotkey, uuid, nonce) ? null : Replayed();
    }

    /// <summary>Checks the order again and records the nonce in one step, so that of two equal requests only one gets through.</summary>
    public AxonRefusal? Record(string hotkey, string uuid, long nonce)
    {
        lock (_gate)
        {
            if (!IsNewer(hotkey, uuid, nonce)) return Replayed();
            if (_count >= capacity || _last.TryGetValue(hotkey, out var known) && known.Count >= MaxPerHotkey) Sweep();
            if (!_last.TryGetValue(hotkey, out var uuids)) uuids = new Dictionary<string, long>(StringComparer.Ordinal);
            if (!uuids.ContainsKey(uuid))
            {
                if (uuids.Count >= MaxPerHotkey) return new AxonRefusal(429, "Too many dendrites of one hotkey at once.", Past);
                if (_count >= capacity) return new AxonRefusal(503, "Too many dendrites at once.", Past);
                _count++;
            }

            uuids[uuid] = nonce;
            _last[hotkey] = uuids;
            return null;
        }
    }

    private bool IsNewer(string hotkey, string uuid, long nonce) =>
        !_last.TryGetValue(hotkey, out var uuids) || !uuids.TryGetValue(uuid, out var last) || nonce > last;

    private static AxonRefusal Replayed() => AxonRefusal.NotVerified("Nonce is too old, a newer one was last processed");

    // At most once a second: a full memory must not turn every request into a walk over all of it.
    private void Sweep()
    {
        var now = NonceClock.Now(time);
        if (now - _sweptAt < Nanoseconds(TimeSpan.FromSeconds(1))) return;
        _sweptAt = now;
        var horizon = now - Nanoseconds(Past + LongestTimeout);
        foreach (var (hotkey, uuids) in _last)
        {
            foreach (var (uuid, nonce) in uuids)
                if (nonce <= horizon && uuids.Remove(uuid))
                    _count--;
            if (uuids.Count == 0) _last.Remove(hotkey);
        }
    }

    private static long Nanoseconds(TimeSpan span) => span.Ticks * 100;
}
