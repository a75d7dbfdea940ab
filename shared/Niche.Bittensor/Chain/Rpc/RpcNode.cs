using System.Text.Json.Nodes;

namespace Niche.Bittensor.Chain.Rpc;

/// <summary>A node of a client and its health: it rests after failures, the longer the more of them, and one caller at a time tries it again.</summary>
internal sealed class RpcNode(IRpcConnection connection, RpcOptions options, TimeProvider time, Random random) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _checking = new(1);
    private int _failures;
    private DateTimeOffset _restsUntil;
    private DateTimeOffset _triedUntil;
    private SubtensorError? _lastFault;
    private bool _chainKnown;

    public IRpcConnection Connection => connection;

    public RpcNodeStatus Status
    {
        get
        {
            lock (_gate) return new RpcNodeStatus(connection.Endpoint.Name, _failures, _restsUntil > time.GetUtcNow() ? _restsUntil : null, _lastFault);
        }
    }

    /// <summary>When to look again: the end of its rest, or soon while another caller tries it.</summary>
    public TimeSpan Rest
    {
        get
        {
            lock (_gate)
            {
                var now = time.GetUtcNow();
                if (_triedUntil <= now) return _restsUntil - now;
                return _triedUntil - now < options.FirstRest ? _triedUntil - now : options.FirstRest;
            }
        }
    }

    /// <summary>False while it rests. After a failure only one caller gets it, the others see it rest until that one knows more.</summary>
    public bool TryTake()
    {
        lock (_gate)
        {
            var now = time.GetUtcNow();
            if (_restsUntil > now || _triedUntil > now) return false;
            if (_failures > 0) _triedUntil = now + options.CallTimeout;
            return true;
        }
    }

    public void Succeeded()
    {
        lock (_gate) (_failures, _restsUntil, _triedUntil) = (0, default, default);
    }

    public void Failed(SubtensorError fault)
    {
        lock (_gate)
        {
            _failures++;
            (_lastFault, _chainKnown, _triedUntil) = (fault, false, default);
            var factor = fault == SubtensorError.WrongChain ? double.MaxValue : Math.Pow(2, Math.Min(_failures - 1, 30));
            var rest = Math.Min(options.LongestRest.TotalSeconds, options.FirstRest.TotalSeconds * factor);
            _restsUntil = time.GetUtcNow() + TimeSpan.FromSeconds(rest * (0.5 + Draw() / 2));
        }
    }

    /// <summary>Asks once, and again after every failure, which chain this is; <paramref name="agree"/> says whether it is the right one.</summary>
    /// <exception cref="SubtensorException">It is another, or it can not be asked.</exception>
    public async Task CheckChainAsync(Func<string, bool> agree, CancellationToken ct)
    {
        if (Volatile.Read(ref _chainKnown)) return;
        await _checking.WaitAsync(ct);
        try
        {
            if (Volatile.Read(ref _chainKnown)) return;
            const string method = "chain_getBlockHash";
            var genesis = RpcAnswer.Hash(await connection.CallAsync(method, [0], ct)) ?? throw RpcCodec.Malformed(connection.Endpoint, method, "no hash");
            if (!agree(genesis))
                throw new SubtensorException(SubtensorError.WrongChain, $"{connection.Endpoint.Name} serves another chain: its genesis block is {genesis}.")
                {
                    Endpoint = connection.Endpoint.Name,
                };
            Volatile.Write(ref _chainKnown, true);
        }
        finally
        {
            _checking.Release();
        }
    }

    public void Dispose() => _checking.Dispose();

    private double Draw()
    {
        lock (random) return random.NextDouble(); // One source for all nodes, and it is not safe by itself.
    }
}
