namespace Niche.Inference.Diffusion;

/// <summary>A token that fires once everybody of a group wants to stop: work that they share must go on for the last of them.</summary>
internal sealed class SharedStop : IDisposable
{
    private readonly CancellationTokenSource _all = new();
    private readonly CancellationTokenRegistration[] _registrations;
    private int _left;

    public SharedStop(IReadOnlyList<CancellationToken> tokens)
    {
        _left = tokens.Count;
        _registrations = [.. tokens.Select(token => token.Register(Leave))];
    }

    public CancellationToken Token => _all.Token;

    public void Dispose()
    {
        foreach (var registration in _registrations) registration.Dispose();
        _all.Dispose();
    }

    private void Leave()
    {
        if (Interlocked.Decrement(ref _left) == 0) _all.Cancel();
    }
}
