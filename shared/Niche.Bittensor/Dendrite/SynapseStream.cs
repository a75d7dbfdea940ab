using Niche.Bittensor.Chain;

namespace Niche.Bittensor.Dendrite;

/// <summary>
/// A streamed answer: enumerate the text pieces, then read <see cref="Completion"/>. Enumerate once; leaving the loop early ends the call.
/// </summary>
public sealed class SynapseStream : IAsyncEnumerable<string>
{
    private readonly Func<SynapseStream, CancellationToken, IAsyncEnumerator<string>> _open;
    private readonly TaskCompletionSource<StreamCompletion> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _opened;

    internal SynapseStream(AxonEndpoint axon, Func<SynapseStream, CancellationToken, IAsyncEnumerator<string>> open)
    {
        Axon = axon;
        _open = open;
    }

    /// <summary>Who was called.</summary>
    public AxonEndpoint Axon { get; }

    /// <summary>How the stream ended; completes when enumeration ends, whatever the reason. Never faults.</summary>
    public Task<StreamCompletion> Completion => _completion.Task;

    /// <summary>Sends the request and yields pieces as they arrive. Ends quietly when the peer fails: see <see cref="Completion"/>.</summary>
    /// <exception cref="InvalidOperationException">Enumerated twice.</exception>
    public IAsyncEnumerator<string> GetAsyncEnumerator(CancellationToken cancellationToken = default) =>
        Interlocked.Exchange(ref _opened, 1) == 0
            ? _open(this, cancellationToken)
            : throw new InvalidOperationException("A synapse stream is a call; it can be enumerated once.");

    internal void Complete(StreamCompletion completion) => _completion.TrySetResult(completion);
}
