namespace Niche.Bots.Telegram.Tests.Rig;

/// <summary>
/// A clock on which short waits take no time: it jumps to their end. Limits of the server and waits of the bot are measured on it alike. Deadlines, which
/// are long, never come.
/// </summary>
internal sealed class SkippingTime : TimeProvider
{
    private static readonly TimeSpan Short = TimeSpan.FromSeconds(5);
    private readonly Lock _gate = new();
    private DateTimeOffset _now = new(2026, 11, 25, 12, 0, 0, TimeSpan.Zero);

    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate) return _now;
    }

    /// <summary>Lets time pass.</summary>
    public void Advance(TimeSpan time)
    {
        lock (_gate) _now += time;
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (dueTime > TimeSpan.Zero && dueTime <= Short)
        {
            Advance(dueTime);
            dueTime = TimeSpan.Zero;
        }
        else if (dueTime > Short)
        {
            dueTime = Timeout.InfiniteTimeSpan;
        }

        return System.CreateTimer(callback, state, dueTime, Timeout.InfiniteTimeSpan);
    }
}
