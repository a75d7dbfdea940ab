namespace Niche.Bittensor.Chain.Submission;

/// <summary>
/// The nonces of one key. One sender at a time signs and hands over, so that a refused nonce is never behind a taken one; waiting for blocks is
/// not part of that. The node's count is right in the end; for a while after we used a nonce we know better: another node may not have heard of it.
/// </summary>
internal sealed class NonceLane(TimeProvider time) : IDisposable
{
    // Two blocks: by then an extrinsic is in a block, or in the pool that is asked, or lost.
    private static readonly TimeSpan Trust = TimeSpan.FromSeconds(24);

    private readonly SemaphoreSlim _turn = new(1);
    private readonly Lock _gate = new();
    private uint _next;
    private DateTimeOffset _until;

    public Task EnterAsync(CancellationToken ct) => _turn.WaitAsync(ct);

    public void Leave() => _turn.Release();

    /// <summary>The nonce to sign with, given what a node says is next.</summary>
    public uint Next(uint atNode)
    {
        lock (_gate) return time.GetUtcNow() < _until ? Math.Max(atNode, _next) : atNode;
    }

    /// <summary>The nonce is used up, by us or by others.</summary>
    public void Used(uint nonce)
    {
        lock (_gate) (_next, _until) = (Math.Max(Next(0), nonce == uint.MaxValue ? nonce : nonce + 1), time.GetUtcNow() + Trust);
    }

    /// <summary>Believe the node alone.</summary>
    public void Forget()
    {
        lock (_gate) _until = default;
    }

    public void Dispose() => _turn.Dispose();
}
