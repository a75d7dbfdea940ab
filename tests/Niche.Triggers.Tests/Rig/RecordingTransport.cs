using System.Threading.Channels;
using Niche.Triggers.Queues;

namespace Niche.Triggers.Tests.Rig;

/// <summary>The in-memory queues, with every call seen by the test and some made to fail.</summary>
internal sealed class RecordingTransport(TimeProvider time) : IQueueTransport
{
    private readonly Channel<TransportCall> _calls = Channel.CreateUnbounded<TransportCall>();

    public InMemoryQueueTransport Inner { get; } = new(time);

    /// <summary>Throws for the calls it returns an exception for.</summary>
    public Func<TransportCall, Exception?> Fault { get; set; } = static _ => null;

    /// <summary>Whether same-process arrivals are told.</summary>
    public bool TellsArrivals { get; init; } = true;

    /// <summary>The next call of a kind; others before it are passed over.</summary>
    public async Task<TransportCall> NextAsync(string operation)
    {
        while (true)
        {
            var call = await _calls.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask().Soon($"the call '{operation}' to the queues");
            if (call.Operation == operation)
                return call;
        }
    }

    public int SeenSoFar(string operation)
    {
        var count = 0;
        while (_calls.Reader.TryRead(out var call))
            count += call.Operation == operation ? 1 : 0;
        return count;
    }

    public async ValueTask CreateIfNotExistsAsync(string queue, CancellationToken cancellationToken)
    {
        await Inner.CreateIfNotExistsAsync(queue, cancellationToken);
        Note(new("create", queue, TimeSpan.Zero, 0, null));
    }

    public async ValueTask PutAsync(
        string queue, ReadOnlyMemory<byte> body, TimeSpan visibilityDelay, TimeSpan? timeToLive, CancellationToken cancellationToken)
    {
        await Inner.PutAsync(queue, body, visibilityDelay, timeToLive, cancellationToken);
        Note(new("put", queue, visibilityDelay, 0, null));
    }

    public async ValueTask<IReadOnlyList<QueueItem>> ReceiveAsync(
        string queue, int max, TimeSpan visibility, CancellationToken cancellationToken)
    {
        Check(new("receive", queue, visibility, max, null));
        var items = await Inner.ReceiveAsync(queue, max, visibility, cancellationToken);
        Note(new("receive", queue, visibility, max, items.Count));
        return items;
    }

    public async ValueTask<string?> UpdateVisibilityAsync(
        string queue, string id, string popReceipt, TimeSpan visibility, CancellationToken cancellationToken)
    {
        Check(new("update", queue, visibility, 0, null));
        var receipt = await Inner.UpdateVisibilityAsync(queue, id, popReceipt, visibility, cancellationToken);
        Note(new("update", queue, visibility, 0, receipt is null ? 0 : 1));
        return receipt;
    }

    public async ValueTask<bool> DeleteAsync(string queue, string id, string popReceipt, CancellationToken cancellationToken)
    {
        Check(new("delete", queue, TimeSpan.Zero, 0, null));
        var deleted = await Inner.DeleteAsync(queue, id, popReceipt, cancellationToken);
        Note(new("delete", queue, TimeSpan.Zero, 0, deleted ? 1 : 0));
        return deleted;
    }

    public ValueTask<long> ApproximateCountAsync(string queue, CancellationToken cancellationToken) =>
        Inner.ApproximateCountAsync(queue, cancellationToken);

    public IDisposable? SubscribeArrivals(string queue, Action arrived) => TellsArrivals ? Inner.SubscribeArrivals(queue, arrived) : null;

    private void Check(TransportCall call)
    {
        if (Fault(call) is not { } fault)
            return;
        Note(call with { Count = -1 });
        throw fault;
    }

    private void Note(TransportCall call) => _calls.Writer.TryWrite(call);
}
