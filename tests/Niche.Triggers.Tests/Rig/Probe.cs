using System.Threading.Channels;

namespace Niche.Triggers.Tests.Rig;

/// <summary>What the functions of the tests call: it records each run and behaves as the test says.</summary>
public sealed class Probe
{
    private readonly Channel<ProbeRun> _runs = Channel.CreateUnbounded<ProbeRun>();
    private int _running;
    private int _most;

    public Func<ProbeRun, Task> Behaviour { get; set; } = static _ => Task.CompletedTask;

    public int MostAtOnce => Volatile.Read(ref _most);

    public int Pending => _runs.Reader.Count;

    public async Task RunAsync(object? input, FunctionContext context, CancellationToken token)
    {
        var running = Interlocked.Increment(ref _running);
        InterlockedMax(running);
        var run = new ProbeRun(input, context, token);
        _runs.Writer.TryWrite(run);
        try
        {
            await Behaviour(run);
        }
        finally
        {
            Interlocked.Decrement(ref _running);
        }
    }

    /// <summary>Completes when a run is there to be read.</summary>
    public Task WaitAsync() => _runs.Reader.WaitToReadAsync(TestContext.Current.CancellationToken).AsTask();

    public Task<ProbeRun> NextAsync() => _runs.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask().Soon("a run of a function");

    private void InterlockedMax(int value)
    {
        int seen;
        while ((seen = Volatile.Read(ref _most)) < value && Interlocked.CompareExchange(ref _most, value, seen) != seen)
        {
        }
    }
}
