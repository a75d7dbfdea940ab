using System.Collections.Concurrent;

namespace Niche.Bittensor.Dendrite;

/// <summary>
/// Hands out (uuid, nonce) pairs. An axon wants growing nonces per uuid, but calls in flight together may arrive in any order; so every
/// call borrows a uuid that no other call is using, and there are only as many uuids as calls were ever in flight at once.
/// </summary>
internal sealed class DendriteLanes(TimeProvider time)
{
    private readonly ConcurrentBag<string> _idle = [];
    private long _lastNonce;

    public string Borrow() => _idle.TryTake(out var uuid) ? uuid : Guid.NewGuid().ToString("D");

    public void Return(string uuid) => _idle.Add(uuid);

    /// <summary>Unix nanoseconds, never the same twice.</summary>
    public long NextNonce()
    {
        var now = (time.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks * 100;
        while (true)
        {
            var last = Interlocked.Read(ref _lastNonce);
            var next = Math.Max(now, last + 1);
            if (Interlocked.CompareExchange(ref _lastNonce, next, last) == last) return next;
        }
    }
}
