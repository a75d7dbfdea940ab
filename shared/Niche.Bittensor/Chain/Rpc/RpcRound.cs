namespace Niche.Bittensor.Chain.Rpc;

/// <summary>The course of one call over the nodes: whom to ask next, and when to give up.</summary>
internal sealed class RpcRound(IReadOnlyList<RpcNode> nodes, RpcOptions options, TimeProvider time, string method, CancellationToken ct)
{
    private readonly Dictionary<RpcNode, int> _left = nodes.ToDictionary(node => node, _ => options.AttemptsPerNode);
    private readonly long _start = time.GetTimestamp();
    private SubtensorException? _last;
    private bool _mayHaveArrived;

    /// <summary>The next node to ask, after its rest when all rest.</summary>
    /// <exception cref="SubtensorException">None is left, or none is back in time.</exception>
    public async Task<RpcNode> NextAsync()
    {
        while (true)
        {
            ct.ThrowIfCancellationRequested();
            var candidates = nodes.Where(node => _left[node] > 0).ToArray();
            if (candidates.FirstOrDefault(node => node.TryTake()) is { } free) return free;
            var rest = candidates.Length == 0 ? TimeSpan.MaxValue : candidates.Min(node => node.Rest);
            if (rest >= options.TotalTimeout - time.GetElapsedTime(_start)) throw Last();
            if (rest > TimeSpan.Zero) await Task.Delay(rest < options.FirstRest ? rest : options.FirstRest, time, ct); // It may be well before that.
        }
    }

    /// <summary>Books a failure.</summary>
    /// <exception cref="SubtensorException">It is final: other nodes would say the same.</exception>
    public void Failed(RpcNode node, SubtensorException fault)
    {
        _last = fault;
        _mayHaveArrived |= fault.MayHaveArrived;
        if (fault.Error is SubtensorError.Refused or SubtensorError.Unsupported)
        {
            node.Succeeded(); // It is well, and says no.
            _left[node] = 0;
            if (IsFinal(fault.NodeCode)) throw Last();
        }
        else
        {
            node.Failed(fault.Error);
            _left[node]--;
        }
    }

    public SubtensorException OutOfTime() => new(
        SubtensorError.Timeout,
        $"No node answered {method} within {options.TotalTimeout.TotalSeconds:0.###} s.{(_last is null ? "" : $" The last: {_last.Message}")}",
        _last) { Endpoint = _last?.Endpoint, MayHaveArrived = true };

    // Wrong requests (-327xx, -3260x) and what the transaction pool decided (1000 to 1999) are the same everywhere, except a pool that is full (1016).
    private static bool IsFinal(int? code) => code is -32700 or -32600 or -32602 or (>= 1000 and < 2000 and not 1016);

    private SubtensorException Last()
    {
        if (_last is null)
            return new SubtensorException(SubtensorError.Unreachable, $"{method} was not sent: all nodes failed a moment ago and are not asked yet.");
        return new SubtensorException(_last.Error, _last.Message, _last)
        {
            Endpoint = _last.Endpoint,
            NodeCode = _last.NodeCode,
            NodeText = _last.NodeText,
            MayHaveArrived = _mayHaveArrived,
        };
    }
}
