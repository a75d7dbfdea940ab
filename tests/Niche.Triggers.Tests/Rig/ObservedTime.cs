using System.Threading.Channels;
using Microsoft.Extensions.Time.Testing;

namespace Niche.Triggers.Tests.Rig;

/// <summary>A fake clock that tells when somebody begins to wait on it, so that a test can advance it at the right moment.</summary>
internal sealed class ObservedTime() : FakeTimeProvider(Beginning)
{
    public static readonly DateTimeOffset Beginning = new(2026, 3, 2, 10, 0, 0, TimeSpan.Zero);

    // No test lets more waits pass; a loop that does would turn for ever on a poller that finds nothing.
    private const int MostWaits = 1000;

    private readonly Channel<TimeSpan> _timers = Channel.CreateUnbounded<TimeSpan>();
    private int _taken;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        _timers.Writer.TryWrite(dueTime);
        return timer;
    }

    /// <summary>Completes when there is a wait to take.</summary>
    public Task AnyWaitAsync(CancellationToken cancellationToken) => _timers.Reader.WaitToReadAsync(cancellationToken).AsTask();

    /// <summary>Takes a wait if there is one.</summary>
    /// <exception cref="TimeoutException">So many were taken that what the test waits for will not happen.</exception>
    public TimeSpan? TakeWait()
    {
        if (!_timers.Reader.TryRead(out var due))
            return null;
        return ++_taken <= MostWaits ? due : throw new TimeoutException($"{MostWaits} waits have passed, and what the test waits for has not happened.");
    }

    /// <summary>The next wait that satisfies a condition, seen or to come.</summary>
    public async Task<TimeSpan> NextWaitAsync(Func<TimeSpan, bool>? where = null)
    {
        while (true)
        {
            var due = await _timers.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask().Soon("a wait on the clock");
            if (where is null || where(due))
                return due;
        }
    }
}
