namespace Niche.Miner.Endpoints;

/// <summary>What is known of one endpoint now.</summary>
public sealed class EndpointLink(Uri address, TimeProvider time)
{
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(10);

    private int _inFlight;
    private long _restUntil;
    private volatile IReadOnlyList<EndpointModel> _models = [];

    /// <summary>Base address, with a slash at its end.</summary>
    public Uri Address { get; } = address;

    /// <summary>Requests under way.</summary>
    public int InFlight => Volatile.Read(ref _inFlight);

    /// <summary>Its models as last read; empty until it answered.</summary>
    public IReadOnlyList<EndpointModel> Models
    {
        get => _models;
        set => _models = value;
    }

    /// <summary>True for a while after a failure: it is asked last then, not never.</summary>
    public bool IsResting => time.GetUtcNow().UtcTicks < Interlocked.Read(ref _restUntil);

    /// <summary>Counts a request in.</summary>
    public void Enter() => Interlocked.Increment(ref _inFlight);

    /// <summary>Counts a request out.</summary>
    public void Leave() => Interlocked.Decrement(ref _inFlight);

    /// <summary>Notes a failure.</summary>
    public void Failed() => Interlocked.Exchange(ref _restUntil, (time.GetUtcNow() + Rest).UtcTicks);

    /// <summary>True when it serves the model, or may: a stock endpoint does not say what its model makes.</summary>
    public bool Serves(string model, string kind)
    {
        foreach (var candidate in _models)
            if (string.Equals(candidate.Name, model, StringComparison.Ordinal) && (candidate.Kind is null || candidate.Kind == kind))
                return true;
        return false;
    }
}
