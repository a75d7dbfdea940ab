namespace Niche.Bittensor.Chain.Rpc;

/// <summary>The time one call to one node has, and what its end means.</summary>
internal sealed class RpcDeadline : IDisposable
{
    private readonly RpcEndpoint _endpoint;
    private readonly string _method;
    private readonly TimeSpan _timeout;
    private readonly CancellationToken _caller;
    private readonly CancellationTokenSource _timer;
    private readonly CancellationTokenSource _linked;

    public RpcDeadline(RpcEndpoint endpoint, string method, TimeSpan timeout, TimeProvider time, CancellationToken caller)
    {
        (_endpoint, _method, _timeout, _caller) = (endpoint, method, timeout, caller);
        _timer = new CancellationTokenSource(timeout, time);
        _linked = CancellationTokenSource.CreateLinkedTokenSource(_timer.Token, caller);
    }

    public CancellationToken Token => _linked.Token;

    /// <summary>Runs the work; at the deadline it is left to itself, even if it does not listen to its token.</summary>
    /// <exception cref="SubtensorException">The deadline passed.</exception>
    public async Task<T> RunAsync<T>(Func<CancellationToken, Task<T>> work)
    {
        try
        {
            return await work(_linked.Token).WaitAsync(_linked.Token);
        }
        catch (OperationCanceledException) when (!_caller.IsCancellationRequested)
        {
            throw new SubtensorException(SubtensorError.Timeout, $"{_endpoint.Name} did not answer {_method} within {_timeout.TotalSeconds:0.###} s.")
            {
                Endpoint = _endpoint.Name,
                MayHaveArrived = true,
            };
        }
    }

    public void Dispose()
    {
        _linked.Dispose();
        _timer.Dispose();
    }
}
