namespace Niche.GpuEndpoint.Predictions;

/// <summary>Predictions by id. Finished ones go, oldest first, when they are too many, too large or too old.</summary>
internal sealed class PredictionStore(EndpointOptions options, TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Prediction> _byId = new(StringComparer.Ordinal);

    public int Count
    {
        get { lock (_gate) return _byId.Count; }
    }

    /// <summary>The prediction of that id.</summary>
    /// <exception cref="PredictionMissingException">None, or not any more.</exception>
    public Prediction Get(string id)
    {
        lock (_gate)
        {
            Sweep();
            return _byId.GetValueOrDefault(id) ?? throw new PredictionMissingException(id);
        }
    }

    /// <summary>The prediction of that id with an equal body, or a new one.</summary>
    /// <param name="id">Id.</param>
    /// <param name="order">What it asks.</param>
    /// <param name="admit">Called for a new one; what it throws leaves nothing behind.</param>
    /// <exception cref="PredictionConflictException">The id is taken by another body.</exception>
    public (Prediction Prediction, T? Admitted) Add<T>(string id, PredictionOrder order, Func<T> admit)
        where T : class
    {
        lock (_gate)
        {
            Sweep();
            if (_byId.TryGetValue(id, out var known))
            {
                return known.Order.Fingerprint == order.Fingerprint ? (known, null) : throw new PredictionConflictException(id);
            }
            var admitted = admit();
            var prediction = new Prediction(id, order, time.GetUtcNow());
            _byId.Add(id, prediction);
            return (prediction, admitted);
        }
    }

    /// <summary>Lets go of what is too much. Called after every end, so that memory stays bounded without any visit.</summary>
    public void Trim()
    {
        lock (_gate) Sweep();
    }

    /// <summary>Tells everything unfinished to stop.</summary>
    public void CancelAll()
    {
        Prediction[] all;
        lock (_gate) all = [.. _byId.Values];
        foreach (var prediction in all) prediction.Cancel();
    }

    private void Sweep()
    {
        var limits = options.Predictions;
        var oldest = time.GetUtcNow() - limits.Age;
        var (count, bytes) = (0, 0L);
        foreach (var prediction in _byId.Values.Where(p => p.State.Over).OrderByDescending(p => p.State.Completed).ToArray())
        {
            count++;
            bytes += prediction.Bytes;
            if (count > limits.Count || bytes > limits.Bytes || prediction.State.Completed < oldest) _byId.Remove(prediction.Id);
        }
    }
}
