using Niche.Bittensor.Chain;
using Niche.Bittensor.Synapses;

namespace Niche.Bittensor.Dendrite;

/// <summary>One call in flight: its deadline, its borrowed uuid, its clock, and the translation of faults into ends.</summary>
internal sealed class DendriteCall : IDisposable
{
    private readonly DendriteLanes _lanes;
    private readonly TimeProvider _time;
    private readonly TimeSpan _timeout;
    private readonly CancellationToken _caller;
    private readonly CancellationTokenSource _deadline;
    private readonly CancellationTokenSource _either;
    private readonly string _uuid;
    private readonly long _started;
    private string _target = "";

    public DendriteCall(DendriteLanes lanes, TimeProvider time, TimeSpan timeout, CancellationToken caller)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(timeout, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(timeout, TimeSpan.FromDays(1));
        (_lanes, _time, _timeout, _caller) = (lanes, time, timeout, caller);
        _deadline = new CancellationTokenSource(timeout, time);
        _either = CancellationTokenSource.CreateLinkedTokenSource(_deadline.Token, caller);
        _uuid = lanes.Borrow();
        _started = time.GetTimestamp();
    }

    /// <summary>The answer, once its headers are there.</summary>
    public HttpResponseMessage? Response { get; private set; }

    /// <summary>What the answer's headers say.</summary>
    public SynapseHeaders Headers { get; private set; } = new();

    /// <summary>When the axon wants to be asked again.</summary>
    public TimeSpan? RetryAfter { get; private set; }

    public TimeSpan Elapsed => _time.GetElapsedTime(_started);

    /// <summary>Sends the request that the function builds from uuid and nonce; null when an answer has begun, else how the call failed.</summary>
    public async Task<CallEnd?> SendAsync(HttpClient http, AxonEndpoint axon, string name, Func<Uri, string, long, PooledBuffer, HttpRequestMessage> build)
    {
        _target = string.Create(null, $"{axon.Ip}:{axon.Port}/{name}");
        Uri address;
        try
        {
            address = axon.BaseAddress;
        }
        catch (UriFormatException fault)
        {
            return new CallEnd(503, CallEnd.Cut(fault.Message), SynapseOutcome.Unreachable);
        }

        var body = new PooledBuffer(2048);
        using var request = build(address, _uuid, _lanes.NextNonce(), body);
        var failed = await GuardAsync<CallEnd?>(
            async ct =>
            {
                Response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct);
                Headers = SynapseResponseReader.Headers(Response);
                RetryAfter = SynapseResponseReader.RetryAfter(Response, _time.GetUtcNow());

                // A client that follows redirects would hand our signed request, and the answer's credit, to another host.
                return request.RequestUri == Response.RequestMessage?.RequestUri ? null : CallEnd.Malformed("a redirect, which is not followed");
            },
            end => end);
        if (failed is null) body.Dispose(); // Else a handler that was cut off may still be reading it, and the collector takes it.
        return failed;
    }

    /// <summary>Runs a step under the deadline; a peer's fault becomes an end. Only the caller's own cancellation is thrown.</summary>
    public async Task<TStep> GuardAsync<TStep>(Func<CancellationToken, Task<TStep>> step, Func<CallEnd, TStep> failed)
    {
        try
        {
            return await step(_either.Token);
        }
        catch (OperationCanceledException) when (!_caller.IsCancellationRequested)
        {
            return failed(CallEnd.Timeout(_timeout));
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException && !_caller.IsCancellationRequested)
        {
            return failed(CallEnd.Broken(fault, _target));
        }
    }

    public void Dispose()
    {
        Response?.Dispose();
        _either.Dispose();
        _deadline.Dispose();
        _lanes.Return(_uuid);
    }
}
