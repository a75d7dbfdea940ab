namespace Niche.Inference.Tests.Text;

/// <summary>A clock that stops whoever reads it too often. Runs of a graph are timed, twice each: so a batch stands still between two of them until it may go on.</summary>
internal sealed class StoppingTime(int runs) : TimeProvider, IDisposable
{
    private readonly ManualResetEventSlim _on = new();
    private int _left = 2 * runs;

    public override long GetTimestamp()
    {
        if (Interlocked.Decrement(ref _left) < 0) _on.Wait();
        return base.GetTimestamp();
    }

    public void GoOn() => _on.Set();

    // Not the event itself: whoever still waits must find it.
    public void Dispose() => GoOn();
}
