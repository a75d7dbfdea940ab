namespace Niche.Triggers.Execution;

/// <summary>One function's counts, written by its invocations.</summary>
internal sealed class FunctionCounters
{
    private long _executed;
    private long _failed;
    private long _poisoned;
    private long _lastTicks;
    private long _lastRunTicks;
    private int _inFlight;

    public void Started() => Interlocked.Increment(ref _inFlight);

    public void Ended(bool failed, TimeSpan duration, DateTimeOffset now)
    {
        Interlocked.Decrement(ref _inFlight);
        Interlocked.Increment(ref _executed);
        if (failed)
            Interlocked.Increment(ref _failed);
        Volatile.Write(ref _lastTicks, duration.Ticks);
        Volatile.Write(ref _lastRunTicks, now.UtcTicks);
    }

    public void Poisoned() => Interlocked.Increment(ref _poisoned);

    public FunctionStatistics Snapshot(string name, string trigger, bool disabled)
    {
        var run = Volatile.Read(ref _lastRunTicks);
        return new FunctionStatistics(
            name, trigger, disabled, Volatile.Read(ref _executed), Volatile.Read(ref _failed), Volatile.Read(ref _poisoned),
            Volatile.Read(ref _inFlight), TimeSpan.FromTicks(Volatile.Read(ref _lastTicks)),
            run == 0 ? null : new DateTimeOffset(run, TimeSpan.Zero));
    }
}
