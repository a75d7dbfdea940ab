using System.Collections.Concurrent;
using Niche.Bittensor.Synapses;

namespace Niche.Bittensor.Dendrite;

/// <summary>
/// Hands out (uuid, nonce) pairs. An axon wants growing nonces per uuid, but calls in flight together may arrive in any order; so every
/// call borrows a uuid that no other call is using, and there are only as many uuids as calls were ever in flight at once.
/// </summary>
internal sealed class DendriteLanes(TimeProvider time)
{
    private readonly ConcurrentBag<string> _idle = [];
    private readonly NonceClock _nonces = new(time);

    public string Borrow() => _idle.TryTake(out var uuid) ? uuid : TimeUuid.Create(time);

    public void Return(string uuid) => _idle.Add(uuid);

    public long NextNonce() => _nonces.Next();
}
