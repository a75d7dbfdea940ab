namespace Niche.Miner.Network;

/// <summary>Waiting times that double up to a limit, a random half of each taken off so that many miners do not come back at once.</summary>
internal sealed class BackOff(TimeSpan first, TimeSpan longest, Random random)
{
    private TimeSpan? _next;

    public TimeSpan Next()
    {
        var current = _next ?? first;
        _next = current * 2 < longest ? current * 2 : longest;
        return current * (1 - (random.NextDouble() / 2));
    }

    public void Reset() => _next = null;
}
