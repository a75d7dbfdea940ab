using System.Net;

namespace Niche.Bittensor.Axon;

/// <summary>
/// Counts the wrong signatures of each address, because looking at one is the dearest thing a stranger can have us do. Beyond the limit the
/// address waits for the next minute. Bounded: addresses beyond the capacity are not counted until then.
/// </summary>
internal sealed class PeerStrikes(TimeProvider time, int perMinute)
{
    private const int Capacity = 65_536;
    private static readonly TimeSpan Period = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private readonly Dictionary<IPAddress, int> _strikes = [];
    private long _since = time.GetTimestamp();

    /// <summary>How long the address has to wait; null when it may try.</summary>
    public TimeSpan? WaitOf(IPAddress? address)
    {
        if (address is null || perMinute == 0) return null;
        lock (_gate)
        {
            if (_strikes.Count == 0 || _strikes.GetValueOrDefault(PeerAddress.Network(address)) < perMinute) return null;
            var left = Period - time.GetElapsedTime(_since);
            return left > TimeSpan.Zero ? left : null;
        }
    }

    /// <summary>Notes a wrong signature.</summary>
    public void Add(IPAddress? address)
    {
        if (address is null || perMinute == 0) return;
        lock (_gate)
        {
            if (time.GetElapsedTime(_since) >= Period)
            {
                _strikes.Clear();
                _since = time.GetTimestamp();
            }

            var network = PeerAddress.Network(address);
            if (_strikes.TryGetValue(network, out var strikes)) _strikes[network] = strikes + 1;
            else if (_strikes.Count < Capacity) _strikes[network] = 1;
        }
    }
}
