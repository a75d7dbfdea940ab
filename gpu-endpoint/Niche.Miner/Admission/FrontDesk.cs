using Niche.Bittensor.Axon;
using Niche.Miner.Network;
using Niche.Miner.Work;

namespace Niche.Miner.Admission;

/// <summary>Admits proven callers: who they are, then their quota, then a turn. A request that is refused costs its caller nothing.</summary>
public sealed class FrontDesk(MetagraphWatch network, QuotaBook quotas, FairGate gate, MinerOptions options, TimeProvider time)
{
    private static readonly TimeSpan StockTimeout = TimeSpan.FromSeconds(12);
    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(1);

    /// <summary>Whether a caller may ask at all.</summary>
    public BlacklistDecision Decide(AxonCaller caller)
    {
        ArgumentNullException.ThrowIfNull(caller);
        return CallerRule.Decide(network.Current, caller.Hotkey, options.Policy.Capacity.MinStake);
    }

    /// <summary>False when the metagraph is known and this hotkey is not on it.</summary>
    public bool Knows(string hotkey) => network.Current?.Neurons.ContainsKey(hotkey) ?? true;

    /// <summary>Stake of a caller.</summary>
    public double StakeOf(AxonCaller caller)
    {
        ArgumentNullException.ThrowIfNull(caller);
        return network.Current?.StakeOf(caller.Hotkey) ?? 0;
    }

    /// <summary>Time a caller allows, within our own limit.</summary>
    public TimeSpan TimeoutOf(AxonCaller caller)
    {
        ArgumentNullException.ThrowIfNull(caller);
        var asked = caller.Timeout is { } timeout && timeout > TimeSpan.Zero ? timeout : StockTimeout;
        return asked < options.MaxTimeout ? asked : options.MaxTimeout;
    }

    /// <summary>Takes quota and waits for a turn.</summary>
    /// <exception cref="MinerWorkException">Over quota, queue full, or no turn within the deadline.</exception>
    public async Task<WorkPermit> AdmitAsync(AxonCaller caller, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(caller);
        var started = time.GetTimestamp();
        var (hotkey, timeout) = (caller.Hotkey, TimeoutOf(caller));
        var share = network.Current?.Shares.GetValueOrDefault(hotkey) ?? 0;
        if (quotas.Take(hotkey, share) is { } wait)
            throw new MinerWorkException(
                WorkOutcome.QuotaExceeded, string.Create(null, $"The share of {share} requests per {options.QuotaInterval.TotalSeconds:0} s is used up."), wait);
        try
        {
            await EnterAsync(hotkey, StakeOf(caller), timeout, ct);
        }
        catch
        {
            quotas.GiveBack(hotkey);
            throw;
        }

        var left = timeout - time.GetElapsedTime(started);
        return new WorkPermit(left > TimeSpan.Zero ? left : TimeSpan.FromMilliseconds(1), () => gate.Leave(), () => quotas.GiveBack(hotkey));
    }

    private async Task EnterAsync(string hotkey, double stake, TimeSpan timeout, CancellationToken ct)
    {
        using var deadline = new CancellationTokenSource(timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, ct);
        try
        {
            if (!await gate.EnterAsync(hotkey, stake, either.Token))
                throw new MinerWorkException(WorkOutcome.Busy, "Too many requests are waiting.", Moment);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            throw new MinerWorkException(WorkOutcome.Expired, "No turn came within the timeout.");
        }
    }
}
